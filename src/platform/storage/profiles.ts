import * as v from 'valibot';
import type * as vscode from 'vscode';
import { parseWith } from '../../base/parseWith';
import type { ProfileMemory } from '../../session/keyring';
import { isProfileKey, profileKey } from './profileKeys';

const profile = v.object({
  origin: v.string(),
  apiUrl: v.string(),
  authUrl: v.optional(v.string()),
  kind: v.optional(v.picklist(['sessionToken', 'serviceAccount'])),
  label: v.optional(v.string()),
});

/** Stores the profiles of this computer, without secrets. Unreadable ones are skipped. */
export function profilesOf(memento: vscode.Memento): ProfileMemory {
  return {
    all: () =>
      memento
        .keys()
        .filter(isProfileKey)
        .flatMap((key) => parseWith(profile, memento.get(key)) ?? [])
        .toSorted((one, other) => one.origin.localeCompare(other.origin)),
    // JSON drops undefined values, which the global state should not hold.
    set: (chosen) => memento.update(profileKey(chosen.origin), JSON.parse(JSON.stringify(chosen))),
    remove: (origin) => memento.update(profileKey(origin), undefined),
  };
}
