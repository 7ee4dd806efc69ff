import type { ContactRef } from '../../api/contacts';
import type { Services } from '../../commands/common/services';
import type { AccountStores } from '../../contacts/accountStores';
import { displayName, keyOf, valuesOf } from '../../contacts/model/contact';

/** @param refs contacts that were read, at most `maxContacts`; contacts that no longer exist are left out */
export async function openAsText(
  { drafts, texts }: Services,
  { account, contacts }: AccountStores,
  refs: readonly ContactRef[],
  name: string,
): Promise<void> {
  const { origin } = account;
  const known = new Map(
    refs.flatMap((ref) => {
      const resource = contacts.summary(ref);
      if (resource === undefined) return [];
      const edits = drafts.contacts.editsOf(origin, ref);
      return [
        [keyOf(ref), { ref, title: displayName(resource), values: valuesOf(resource), edits }] as const,
      ];
    }),
  );
  const { documents } = await texts();
  await documents.open(origin, [...known.values()], name);
}
