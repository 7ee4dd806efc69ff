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

/** Keeps who is signed in where, on this computer, without secrets. What cannot be read is passed over. */
export function profilesOf(memento: vscode.Memento): ProfileMemory {
  return {
    all: () =>
      memento
        .keys()
        .filter(isProfileKey)
        .flatMap((key) => parseWith(profile, memento.get(key)) ?? [])
        .toSorted((one, other) => one.origin.localeCompare(other.origin)),
    // As JSON has it: without what is absent.
    set: (chosen) => memento.update(profileKey(chosen.origin), JSON.parse(JSON.stringify(chosen))),
    remove: (origin) => memento.update(profileKey(origin), undefined),
  };
}
