import type { DraftStorage } from '../../src/contacts/drafts/draftStorage';

/** A storage that stores nothing. */
export const noDisk = {
  list: async () => [],
  nameOf: (key: string) => key,
  read: async () => undefined,
  write: async () => undefined,
  end: async () => undefined,
  exclusively: (_: string, work: () => Promise<void>) => work(),
  claim: async () => true,
  holds: async () => true,
  releaseAll: async () => undefined,
  release: async () => undefined,
  setAside: async () => undefined,
  clear: async () => undefined,
  onDidChange: () => ({ dispose: () => undefined }),
} satisfies DraftStorage;
