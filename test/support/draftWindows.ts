/**
 * Windows that store their drafts in one folder of a real disk, for a `describe`; all are closed after each
 * test.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Runtime } from '../../src/base/runtime';
import type { DraftStorage } from '../../src/contacts/drafts/draftStorage';
import { DraftFiles } from '../../src/platform/storage/draftFiles';
import { silentRuntime } from './silentLog';

interface Store {
  ready(): Promise<void>;
  flush(): Promise<void>;
  dispose(): void;
}

type Disk = (files: DraftFiles) => Partial<DraftStorage>;

export function draftWindows<S extends Store>(
  folder: string,
  Store: new (storage: DraftStorage, runtime: Runtime) => S,
) {
  let root: string;
  let open: { files: DraftFiles; store: S }[];
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'drafts-'));
    open = [];
  });
  afterEach(async () => {
    for (const { files, store } of open) {
      await store.flush();
      store.dispose();
      files.dispose();
    }
    rmSync(root, { recursive: true });
  });
  const path = (...names: string[]) => join(root, folder, ...names);
  const names = () => readdirSync(path());

  /**
   * Makes a window that has not read the stored drafts.
   * @param disk replaces operations of the disk
   */
  function make(disk: Disk = () => ({})): S {
    const files = new DraftFiles(root, folder);
    const whole: DraftStorage = {
      list: () => files.list(),
      nameOf: (key) => files.nameOf(key),
      read: (name) => files.read(name),
      write: (name, text) => files.write(name, text),
      end: (name, text) => files.end(name, text),
      exclusively: (name, work) => files.exclusively(name, work),
      claim: (name, right, owner) => files.claim(name, right, owner),
      holds: (name, right, owner) => files.holds(name, right, owner),
      releaseAll: (name) => files.releaseAll(name),
      release: (name, right) => files.release(name, right),
      setAside: (name) => files.setAside(name),
      clear: () => files.clear(),
      onDidChange: files.onDidChange,
      ...disk(files),
    };
    const store = new Store(whole, silentRuntime);
    open.push({ files, store });
    return store;
  }

  return {
    make,
    names,
    async open(disk?: Disk): Promise<S> {
      const store = make(disk);
      await store.ready();
      await store.flush();
      return store;
    },
    texts: () => names().map((name) => readFileSync(path(name), 'utf8')),
    put(name: string, text: string) {
      mkdirSync(path(), { recursive: true });
      writeFileSync(path(name), text);
    },
    /** Makes every write fail. */
    block() {
      rmSync(path(), { recursive: true, force: true });
      writeFileSync(path(), 'in the way');
    },
    free: () => rmSync(path()),
  };
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Reads slowly: the result is the content at the start of the read. */
export const slowToRead: Disk = (files) => ({
  read: async (name) => {
    const text = await files.read(name);
    await pause(60);
    return text;
  },
});

/** Reads other windows' changes slowly, so that more is written in the meantime. */
export const slowToFollow: Disk = (files) => {
  let writing = false;
  return {
    exclusively: (name, work) =>
      files.exclusively(name, async () => {
        writing = true;
        await work().finally(() => {
          writing = false;
        });
      }),
    read: async (name) => {
      const text = await files.read(name);
      if (!writing) await pause(200);
      return text;
    },
  };
};

/** Reports no changes of other windows, which are then noticed at the next write. */
export const unwatched: Disk = () => ({ onDidChange: () => ({ dispose: () => undefined }) });
