import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { ContactRef } from '../../api/contacts';
import { parseWith } from '../../base/parseWith';
import { keyOf } from '../../contacts/model/contact';

const key = (origin: string) => `recent ${origin}`;
const refs = z.lazy(() => z.array(z.object({ organisationId: z.string(), contactId: z.string() })));
const maxContacts = 10;

/**
 * The IDs of recently opened contacts, the newest first, for each API. They are stored with the workspace.
 */
export interface RecentContacts {
  of(origin: string): readonly ContactRef[];
  add(origin: string, ref: ContactRef): void;
}

export function recentContactsOf(memento: vscode.Memento): RecentContacts {
  const of = (origin: string) => parseWith(refs, memento.get(key(origin))) ?? [];
  return {
    of,
    add: (origin, { organisationId, contactId }) => {
      const ref = { organisationId, contactId };
      const others = of(origin).filter((other) => keyOf(other) !== keyOf(ref));
      void memento.update(key(origin), [ref, ...others].slice(0, maxContacts));
    },
  };
}
