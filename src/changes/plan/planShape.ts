/** Summarises a plan: the number of changes in each field, and unusual patterns. */
import { fromCodePage } from '../../base/codePages';
import { fieldNames } from '../../contacts/model/contact';
import type { FieldName } from '../../protocol/fields';
import type { FieldChange, FieldCount, Plan, PlanItem, ShapeWarning } from './plan';

/** The number of contacts from which equal or cleared values are unusual. */
const minSame = 3;
const minEmptied = 4;
const minSwapped = 2;

const changeOf = ({ changes }: PlanItem, field: FieldName) => changes.find((one) => one.field === field);

const changesOf = (items: readonly PlanItem[], field: FieldName): readonly FieldChange[] =>
  items.flatMap((item) => changeOf(item, field) ?? []);

export function countsOf(items: readonly PlanItem[]): Plan['counts'] {
  const counts: Partial<Record<FieldName, FieldCount>> = {};
  for (const field of fieldNames) {
    const changes = changesOf(items, field);
    const emptied = changes.filter(({ isEmptied }) => isEmptied).length;
    if (changes.length > 0) counts[field] = { changed: changes.length, emptied };
  }
  return counts;
}

export function warningsOf(items: readonly PlanItem[]): readonly ShapeWarning[] {
  const warnings: ShapeWarning[] = [];
  for (const field of fieldNames) {
    const changes = changesOf(items, field);
    const [first] = changes;
    if (
      first &&
      first.after !== '' &&
      items.length >= minSame &&
      changes.length === items.length &&
      changes.every(({ after }) => after === first.after)
    )
      warnings.push({ kind: 'oneValue', field, contacts: changes.length });
    const emptied = changes.filter(({ isEmptied }) => isEmptied).length;
    if (emptied >= minEmptied) warnings.push({ kind: 'emptied', field, contacts: emptied });
    const moved = movedIn(changes);
    if (moved > 0) warnings.push({ kind: 'moved', field, contacts: moved });
    const recoded = changes.filter(({ before, after }) => isRecoded(before, after)).length;
    if (recoded > 0) warnings.push({ kind: 'encoding', field, contacts: recoded });
    const wrong = changes.filter(({ mayBeWrong }) => mayBeWrong).length;
    if (wrong > 0) warnings.push({ kind: 'mayBeWrong', field, contacts: wrong });
  }
  return [...warnings, ...swappedIn(items)];
}

/** Counts contacts whose new value is one that another contact loses. */
function movedIn(changes: readonly FieldChange[]): number {
  const lost = new Set(changes.flatMap(({ before }) => (before === '' ? [] : [before])));
  return changes.filter(({ before, after }) => after !== before && lost.has(after)).length;
}

function swappedIn(items: readonly PlanItem[]): readonly ShapeWarning[] {
  return fieldNames.flatMap((one, n) =>
    fieldNames.slice(n + 1).flatMap((other): readonly ShapeWarning[] => {
      const contacts = items.filter((item) => {
        const [a, b] = [changeOf(item, one), changeOf(item, other)];
        return a && b && a.before !== b.before && a.after === b.before && b.after === a.before;
      }).length;
      return contacts < minSwapped ? [] : [{ kind: 'swapped', fields: [one, other], contacts }];
    }),
  );
}

/** Detects UTF-8 decoded as Windows-1252, such as `Zoë` → `ZoÃ«`, and new replacement characters. */
function isRecoded(before: string, after: string): boolean {
  if (after.includes('\uFFFD') && !before.includes('\uFFFD')) return true;
  if (!/[^\0-\x7f]/.test(before) || before.length > 10_000) return false;
  return fromCodePage(new TextEncoder().encode(before), 'windows-1252') === after;
}
