import type { DraftStorage } from '../../src/contacts/draftStorage';

/** A disk that remembers what was written, for one window. */
export function memoryDisk() {
  const files = new Map<string, string>();
  return {
    files,
    list: async () => [...files].map(([name, text]) => ({ name, text })),
    nameOf: (key: string) => key,
    read: async (name: string) => files.get(name),
    write: async (name: string, text: string) => void files.set(name, text),
    remove: async (name: string) => void files.delete(name),
    exclusively: (_: string, work: () => Promise<void>) => work(),
    setAside: async () => undefined,
    onDidChange: () => ({ dispose: () => undefined }),
  } satisfies DraftStorage & { files: Map<string, string> };
}
