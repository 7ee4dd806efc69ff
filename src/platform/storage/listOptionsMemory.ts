import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { parseWith } from '../../base/parseWith';
import type { ListOptionsMemory } from '../../contacts/lists/arrangedLists';

const listOptions = z.lazy(() =>
  z.object({
    filter: z.string(),
    sort: z.optional(z.object({ by: z.string(), descending: z.boolean() })),
  }),
);
const key = (origin: string, organisationId: string) =>
  `arrangement ${JSON.stringify([origin, organisationId])}`;

/** Stores filter and sort order of each list on this computer. An unreadable entry counts as none. */
export function listOptionsMemoryOf(memento: vscode.Memento) {
  return (origin: string): ListOptionsMemory => ({
    get: (organisationId) => parseWith(listOptions, memento.get(key(origin, organisationId))),
    set: (organisationId, chosen) => {
      const isDefault = chosen.filter === '' && chosen.sort === undefined;
      void memento.update(key(origin, organisationId), isDefault ? undefined : chosen);
    },
  });
}
