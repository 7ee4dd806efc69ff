/** The stores of one window with texts, on a disk that it shares with others. */
import assert from 'node:assert/strict';
import { AsyncResource } from 'node:async_hooks';
import { ApiClient } from '../../../src/api/http/client';
import { type Clock, systemClock } from '../../../src/base/clock';
import { Journal } from '../../../src/changes/apply/journal';
import { JournalFiles } from '../../../src/changes/apply/journalFiles';
import { ContactDocuments } from '../../../src/changes/document/contactDocuments';
import { TextFiles } from '../../../src/changes/document/textFiles';
import { CurrentAccount } from '../../../src/contacts/accountStores';
import { DraftStore } from '../../../src/contacts/drafts/draftStore';
import { Drafts } from '../../../src/contacts/drafts/drafts';
import { InteractionDraftStore } from '../../../src/contacts/drafts/interactionDraftStore';
import type { Disk } from '../../../src/platform/storage/disk';
import { DraftFiles } from '../../../src/platform/storage/draftFiles';
import type { Session } from '../../../src/session/session';
import { silentLog } from '../silentLog';
import type { TextEditors } from './textEditors';
import { origin, type World } from './textWorld';

/** Deadlines of requests, which are answered at once. */
const idle: Clock = {
  ...systemClock,
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms).unref();
    return { dispose: () => clearTimeout(timer) };
  },
};

/** @param delayOf returns the milliseconds that the disk or the API takes next */
export function startStores(name: string, world: World, editors: TextEditors, delayOf: () => number) {
  const { clock } = editors;
  const life = { isKilled: false };
  const shared = world.disk.window(async () => {
    if (life.isKilled) await new Promise<never>(() => undefined);
    const ms = delayOf();
    if (ms === 0) return;
    world.busy++;
    await new Promise<void>((resolve) => clock.after(ms, resolve));
    world.busy--;
    if (life.isKilled) await new Promise<never>(() => undefined);
  });
  const disk: Disk = {
    ...shared,
    rename: async (from, to) => {
      await shared.rename(from, to);
      world.disk.modified.set(to, clock.now());
    },
    watch: (folder, listener) => shared.watch(folder, AsyncResource.bind(listener)),
  };
  const runtime = { clock, log: silentLog };
  const draftFiles = new DraftFiles('/global', 'drafts', disk, clock);
  const noteFiles = new DraftFiles('/global', 'notes', disk, clock);
  const drafts = new Drafts(
    new DraftStore(draftFiles, runtime),
    new InteractionDraftStore(noteFiles, runtime),
  );
  const client = new ApiClient(
    {
      baseUrl: origin,
      fetch: async (input, init) => {
        world.busy++;
        try {
          const ms = delayOf();
          if (ms > 0) await new Promise<void>((resolve) => clock.after(ms, resolve));
          return await world.fetch(new Request(input, init));
        } finally {
          world.busy--;
        }
      },
      authHeaders: async () => ({ 'X-Session-Token': 'token' }),
    },
    silentLog,
    idle,
  );
  const account = { kind: 'sessionToken', origin, baseUrl: origin, client } as const;
  const session: Session = { kind: 'signedIn', account };
  const data = new CurrentAccount(
    { current: session, onDidChange: () => ({ dispose: () => undefined }) },
    drafts,
    () => ({ get: () => undefined, set: () => undefined }),
    runtime,
  );
  const current = data.current ?? assert.fail();
  const documents = new ContactDocuments({
    data,
    drafts: drafts.contacts,
    files: new TextFiles('/global', disk),
    window: name,
    changed: (uris) => editors.changed(uris),
    ...runtime,
  });
  const journal = new Journal(new JournalFiles('/global', disk, clock), runtime);
  return {
    drafts: drafts.contacts,
    current,
    data,
    documents,
    journal,
    life,
    draftFiles,
    noteFiles,
  };
}
