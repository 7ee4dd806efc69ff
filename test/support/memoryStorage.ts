import { Emitter } from '../../src/base/event';
import type { DraftStorage } from '../../src/contacts/drafts/draftStorage';

/** A storage in memory. Each call returns another window's view of the same `texts`. */
export function memoryStorage(
  texts = new Map<string, string>(),
  claims = new Map<string, string>(),
): DraftStorage {
  return {
    list: async () => [...texts.keys()],
    nameOf: (key) => key,
    read: async (name) => texts.get(name),
    write: async (name, text) => void texts.set(name, text),
    end: async (name, ending) => void texts.set(name, ending),
    exclusively: (_, work) => work(),
    claim: async (name, right, owner) => {
      const claim = JSON.stringify([name, right]);
      const isFree = !claims.has(claim);
      if (isFree) claims.set(claim, owner);
      return isFree;
    },
    holds: async (name, right, owner) => claims.get(JSON.stringify([name, right])) === owner,
    releaseAll: async (name) => {
      for (const claim of claims.keys()) if (JSON.parse(claim)[0] === name) claims.delete(claim);
    },
    release: async (name, right) => void claims.delete(JSON.stringify([name, right])),
    setAside: async (name) => void texts.delete(name),
    clear: async () => undefined,
    onDidChange: new Emitter<string>().event,
  };
}
