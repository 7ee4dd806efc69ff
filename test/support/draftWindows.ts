/**
 * Windows that store their drafts in one folder of a real disk, for a `describe`; all are closed after each
 * test.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/base/clock';
import { type Runtime, runtimeWith } from '../../src/base/runtime';
import type { DraftStorage } from '../../src/contacts/drafts/draftStorage';
import { DraftFiles } from '../../src/platform/storage/draftFiles';
import { silentLog } from './silentLog';
import { until } from './until';

interface Store {
  ready(): Promise<void>;
  flush(): Promise<void>;
  dispose(): void;
}

type Disk = (files: DraftFiles) => Partial<DraftStorage>;

/** A file that is no store's business: once a window has heard of it, it has heard of all before. */
const probe = 'probe.draft.json';

export function draftWindows<S extends Store>(
  folder: string,
  Store: new (storage: DraftStorage, runtime: Runtime) => S,
) {
  let root: string;
  let open: { files: DraftFiles; store: S; isWatching: boolean; probes: number }[];
  /** The number of changes that windows have heard of. */
  let heard: number;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'drafts-'));
    open = [];
    heard = 0;
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
  const names = () => readdirSync(path()).filter((name) => name !== probe);

  /**
   * Makes a window that has not read the stored drafts.
   * @param disk replaces operations of the disk
   */
  function make(disk: Disk = () => ({}), clock: Clock = systemClock): S {
    const files = new DraftFiles(root, folder);
    const other = disk(files);
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
      onDidChange: (listener) =>
        files.onDidChange((name) => {
          if (name === probe) watch.probes++;
          else {
            heard++;
            listener(name);
          }
        }),
      ...other,
    };
    const watch = { isWatching: other.onDidChange === undefined, probes: 0 };
    const store = new Store(whole, runtimeWith(silentLog, clock));
    open.push(Object.assign(watch, { files, store }));
    return store;
  }

  return {
    make,
    names,
    async open(disk?: Disk, clock?: Clock): Promise<S> {
      const store = make(disk, clock);
      await store.ready();
      await store.flush();
      return store;
    },
    /** Until every window has heard of, read and written all that it will. */
    async settled(): Promise<void> {
      for (let before = -1; before !== heard; ) {
        before = heard;
        const counts = open.map(({ probes }) => probes);
        writeFileSync(path(probe), '');
        await until('every window to hear', () =>
          open.every(({ isWatching, probes }, n) => !isWatching || probes > (counts[n] ?? 0)),
        );
        rmSync(path(probe));
        for (const { store } of open) await store.flush();
      }
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

/** The time of a slow disk. */
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

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
