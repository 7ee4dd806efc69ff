/** Windows whose drafts are on one disk in memory, for a `describe`; all are closed after each test. */
import { systemClock } from '../../src/base/clock';
import { type Runtime, runtimeWith } from '../../src/base/runtime';
import type { DraftStorage } from '../../src/contacts/drafts/draftStorage';
import { DraftFiles } from '../../src/platform/storage/draftFiles';
import { type Before, MemoryDisk } from './memoryDisk';
import { silentLog } from './silentLog';

interface Store {
  ready(): Promise<void>;
  dispose(): void;
}

export function memoryWindows<S extends Store>(
  folder: string,
  Store: new (storage: DraftStorage, runtime: Runtime) => S,
) {
  let disk: MemoryDisk;
  let open: S[];
  beforeEach(() => {
    disk = new MemoryDisk();
    open = [];
  });
  afterEach(() => {
    for (const store of open) store.dispose();
  });
  return {
    get disk() {
      return disk;
    },
    /** @param watched false for a window that notices others only when it writes */
    async open(before?: Before, watched = true): Promise<S> {
      const files = new DraftFiles('/storage', folder, disk.window(before, watched));
      const store = new Store(files, runtimeWith(silentLog, systemClock));
      open.push(store);
      await store.ready();
      return store;
    },
  };
}
