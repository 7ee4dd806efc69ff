import * as v from 'valibot';
import type * as vscode from 'vscode';
import { parseWith } from '../../base/parseWith';
import type { ArrangementMemory } from '../../contacts/lists/arrangedLists';

const arrangement = v.object({
  filter: v.string(),
  sort: v.optional(v.object({ by: v.string(), descending: v.boolean() })),
});
const key = (origin: string, organisationId: string) =>
  `arrangement ${JSON.stringify([origin, organisationId])}`;

/** Stores filter and sort order of each list on this computer. An unreadable entry counts as none. */
export function arrangementsOf(memento: vscode.Memento) {
  return (origin: string): ArrangementMemory => ({
    get: (organisationId) => parseWith(arrangement, memento.get(key(origin, organisationId))),
    set: (organisationId, chosen) => {
      const isDefault = chosen.filter === '' && chosen.sort === undefined;
      void memento.update(key(origin, organisationId), isDefault ? undefined : chosen);
    },
  });
}
