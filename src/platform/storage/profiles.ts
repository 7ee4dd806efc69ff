import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { parseWith } from '../../base/parseWith';
import type { ProfileMemory } from '../../session/keyring';
import { isProfileKey, profileKey } from './profileKeys';

const profile = z.lazy(() =>
  z.object({
    origin: z.string(),
    apiUrl: z.string(),
    authUrl: z.optional(z.string()),
    kind: z.optional(z.enum(['sessionToken', 'serviceAccount'])),
    label: z.optional(z.string()),
  }),
);

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
