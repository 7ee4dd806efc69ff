import { Emitter } from '../../src/base/event';
import type { DraftStorage } from '../../src/contacts/drafts/draftStorage';

/** A storage in memory. Each call returns another window's view of the same `texts`. */
export function memoryStorage(texts = new Map<string, string>(), claims = new Set<string>()): DraftStorage {
  return {
    list: async () => [...texts.keys()],
    nameOf: (key) => key,
    read: async (name) => texts.get(name),
    write: async (name, text) => void texts.set(name, text),
    end: async (name, ending) => void texts.set(name, ending),
    exclusively: (_, work) => work(),
    claim: async (name, right) => {
      const claim = JSON.stringify([name, right]);
      const isFree = !claims.has(claim);
      claims.add(claim);
      return isFree;
    },
    release: async (name, right) => void claims.delete(JSON.stringify([name, right])),
    setAside: async (name) => void texts.delete(name),
    clear: async () => undefined,
    onDidChange: new Emitter<string>().event,
  };
}
