/** Finds likely errors in contacts' fields. Pure, and fast enough to run at each keystroke. */
import type { ContactRef } from '../../api/contacts';
import { splitInternational } from '../../base/callingCodes';
import type { ByField } from '../../contacts/model/byField';
import { fieldNames, keyOf } from '../../contacts/model/contact';
import { digitsOfEach, telephonesIn } from '../../contacts/model/telephoneText';
import { validate } from '../../contacts/model/validate';
import type { FieldName } from '../../protocol/fields';
import type { Finding, QuickFix, RuleId } from './finding';
import { isCapitals, toNameCase } from './nameCase';
import { SameValues } from './same';
import { unseenKind, withoutUnseen } from './unseen';

export interface CheckedContact {
  readonly ref: ContactRef;
  readonly values: ByField<string>;
}

export interface CheckOptions {
  /** Rules that are switched off. */
  readonly off: ReadonlySet<RuleId>;
  /** Returns true if the user accepted this value as it is. */
  readonly isAccepted: (rule: RuleId, ref: ContactRef, field: FieldName, value: string) => boolean;
  /** All known contacts of the organisations. The checked contacts count with the values that are being checked. */
  readonly all: Iterable<CheckedContact>;
  /** `toInternational` from `src/telephones`, once that module is loaded. */
  readonly toInternational?:
    | ((written: string, callingCode: string | undefined) => string | undefined)
    | undefined;
}

type LocalFinding = Pick<Finding, 'rule' | 'message' | 'severity' | 'fixes'>;

/** Checks contacts and caches the findings for each value, because between two keystrokes only one value changes. */
export class Checker {
  #local = new Map<string, readonly LocalFinding[]>();
  readonly #numbers: ConstructorParameters<typeof SameValues>[1] = new Map();

  /** Returns the findings in the order of the contacts and their fields. */
  check(contacts: readonly CheckedContact[], options: CheckOptions): readonly Finding[] {
    const checked = new Map(contacts.map((one) => [keyOf(one.ref), one]));
    const others = [...options.all].filter(({ ref }) => !checked.has(keyOf(ref)));
    const all = [...contacts, ...others].map(({ ref, values }) => ({
      ref,
      email: values.email ?? '',
      telephone: values.telephone ?? '',
    }));
    const same = new SameValues(all, this.#numbers);
    // An organisation may be in another country than the next one.
    const telephones = new Map<string, string[]>();
    for (const { ref, telephone } of all) {
      const own = telephones.get(ref.organisationId);
      if (own) own.push(telephone);
      else telephones.set(ref.organisationId, [telephone]);
    }
    const codes = new Map([...telephones].map(([id, own]) => [id, commonCallingCode(own)]));
    const local = new Map<string, readonly LocalFinding[]>();
    const found: Finding[] = [];
    for (const { ref, values } of contacts) {
      const callingCode = codes.get(ref.organisationId);
      for (const field of fieldNames) {
        const value = values[field] ?? '';
        if (value === '') continue;
        const key = `${field}\n${callingCode ?? ''}\n${options.toInternational === undefined}\n${value}`;
        const own = this.#local.get(key) ?? checkValue(field, value, callingCode, options.toInternational);
        local.set(key, own);
        const findings = [
          ...own.map((finding) => ({ ...finding, ref, field, others: [] })),
          ...sameAs(same, ref, field, value),
        ];
        for (const finding of findings)
          if (!options.off.has(finding.rule) && !options.isAccepted(finding.rule, ref, field, value))
            found.push(finding);
      }
    }
    this.#local = local;
    return found;
  }
}

function sameAs(same: SameValues, ref: ContactRef, field: FieldName, value: string): readonly Finding[] {
  if (field !== 'email' && field !== 'telephone') return [];
  const rule = field === 'email' ? 'sameEmail' : 'sameTelephone';
  const others = field === 'email' ? same.withEmail(ref, value) : same.withTelephone(ref, value);
  if (others.length === 0) return [];
  return [{ rule, message: rule, severity: 'warning', ref, field, others, fixes: [] }];
}

/** Returns the rules by which a value may be wrong, whatever other contacts have. */
export const rulesAgainst = (field: FieldName, value: string): readonly RuleId[] =>
  checkValue(field, value, undefined, undefined).flatMap(({ rule, severity }) =>
    severity === 'warning' && value !== '' ? [rule] : [],
  );

/** Returns the findings that depend on one value alone. */
function checkValue(
  field: FieldName,
  value: string,
  callingCode: string | undefined,
  toInternational: CheckOptions['toInternational'],
): readonly LocalFinding[] {
  const found: LocalFinding[] = [];
  const fix = (id: QuickFix['id'], after: string | undefined): readonly QuickFix[] =>
    after === undefined || after === value || after === '' ? [] : [{ id, value: after }];
  const unseen = unseenKind(value);
  const clean = unseen === undefined ? value : withoutUnseen(value);
  if (unseen) found.push({ rule: 'unseen', message: unseen, severity: 'warning', fixes: fix('trim', clean) });
  if (field === 'email') {
    const problem = validate(field, clean);
    if (problem)
      found.push({
        rule: 'email',
        message: problem.kind === 'wrong' ? problem.what : 'email',
        severity: 'warning',
        fixes: [],
      });
  } else if (field === 'telephone') {
    const [number, ...more] = telephonesIn(value);
    const usual = number !== undefined && more.length === 0;
    const written = usual ? toInternational?.(number, callingCode) : undefined;
    if (!usual) found.push({ rule: 'telephone', message: 'telephone', severity: 'warning', fixes: [] });
    else if (written !== undefined && written !== value)
      found.push({
        rule: 'telephone',
        message: 'numberForm',
        severity: 'hint',
        fixes: fix('number', written),
      });
  } else if (isCapitals(clean)) {
    const fixes = fix('case', toNameCase(field, clean));
    found.push({ rule: 'capitals', message: 'capitals', severity: 'warning', fixes });
  }
  return found;
}

/** The number of telephone numbers with a country code from which the country of the others is inferred. */
const minNumbers = 3;

/** Returns the country code that 90 % of the numbers with a country code share, or undefined if there is none. */
export function commonCallingCode(telephones: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  let total = 0;
  for (const telephone of telephones) {
    if (!/^[^\d+]*(?:\+|00)/.test(telephone)) continue;
    for (const digits of digitsOfEach(telephone)) {
      const code = digits.startsWith('+') ? splitInternational(digits.slice(1))?.callingCode : undefined;
      if (code === undefined) continue;
      counts.set(code, (counts.get(code) ?? 0) + 1);
      total++;
    }
  }
  const [commonest] = [...counts].sort(([, one], [, other]) => other - one);
  return commonest && total >= minNumbers && commonest[1] >= total * 0.9 ? commonest[0] : undefined;
}
