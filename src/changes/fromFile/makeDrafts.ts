/** Turns the rows of a file into drafts. Sends nothing, and creates no contact. */
import { yieldToEventLoop } from '../../base/abort';
import type { Services } from '../../commands/common/services';
import type { AccountStores } from '../../contacts/accountStores';
import { fieldsIn } from '../../contacts/model/byField';
import { displayName, valuesOf } from '../../contacts/model/contact';
import { typeInto } from '../../contacts/saving/typeInto';
import { keyAt } from '../../protocol/contactKey';
import type { FieldName } from '../../protocol/fields';
import type { MatchedRow } from '../file/fileUpdate';

/** The number of rows to handle before yielding. */
const part = 200;

/** @returns a function that removes them, except for those that changed since */
export async function makeDrafts(
  services: Pick<Services, 'drafts'>,
  data: AccountStores,
  matched: readonly MatchedRow[],
): Promise<() => void> {
  const { drafts } = services;
  for (const [n, row] of matched.entries()) {
    const resource = data.contacts.summary(row.ref);
    if (resource === undefined) continue;
    const now = valuesOf(resource);
    const edits = drafts.contacts.get(keyFor(data, row))?.edits;
    for (const [field, value] of editsOf(row))
      if (edits?.[field] === undefined) type(services, data, row, field, value, now[field]);
    if (n % part === part - 1) await yieldToEventLoop();
  }
  await drafts.contacts.flush();
  return () => {
    for (const row of matched)
      for (const [field, value] of editsOf(row)) {
        const left = drafts.contacts.get(keyFor(data, row));
        const base = left?.base[field];
        if (base !== undefined && left?.edits[field] === value) type(services, data, row, field, base, base);
      }
  };
}

const editsOf = ({ values }: MatchedRow) =>
  fieldsIn(values).map((field) => [field, values[field] ?? ''] as const);

const keyFor = ({ account }: AccountStores, { ref }: MatchedRow) => keyAt(account.origin, ref);

function type(
  { drafts }: Pick<Services, 'drafts'>,
  data: AccountStores,
  row: MatchedRow,
  field: FieldName,
  value: string,
  base: string,
): void {
  const resource = data.contacts.summary(row.ref);
  const title = resource ? displayName(resource) : '';
  const organisation = data.organisations.name(row.ref.organisationId) ?? '';
  typeInto(drafts.contacts, data.saves, keyFor(data, row), { field, value, base }, title, organisation);
}
