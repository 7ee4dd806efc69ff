/** Tests that disks, crashes and suspended windows do not damage drafts. */
import assert from 'node:assert/strict';
import { type Clock, systemClock } from '../../../../src/base/clock';
import type { Logger } from '../../../../src/base/log';
import { runtimeWith } from '../../../../src/base/runtime';
import { newDraft, withEdit } from '../../../../src/contacts/drafts/draft';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { newInteractionId } from '../../../../src/contacts/drafts/interactionDraft';
import { InteractionDraftStore } from '../../../../src/contacts/drafts/interactionDraftStore';
import { DraftFiles } from '../../../../src/platform/storage/draftFiles';
import { type Before, MemoryDisk } from '../../../support/memoryDisk';
import { silentLog } from '../../../support/silentLog';
import { SteppedClock } from '../../../support/steppedClock';
import { until } from '../../../support/until';

const key = { origin: 'https://api.example', organisationId: 'o', contactId: 'c' };
const notesKey = { ...key, interactionId: newInteractionId };
/** A fast clock, on which a lock expires quickly. */
const hurried: Clock = {
  now: () => systemClock.now() * 50,
  monotonic: () => systemClock.monotonic() * 50,
  after: (ms, callback) => systemClock.after(ms / 50, callback),
};
type Field = 'first_name' | 'last_name';

describe('drafts on a disk that several windows share', () => {
  let disk: MemoryDisk;
  let closing: (() => void)[];
  beforeEach(() => {
    disk = new MemoryDisk();
    closing = [];
  });
  afterEach(() => {
    for (const close of closing) close();
  });

  interface How {
    readonly before?: Before;
    readonly watched?: boolean;
    readonly clock?: Clock;
    readonly log?: Logger;
  }

  /** Opens a window's store of contact drafts. */
  async function open({ before, watched, clock = systemClock, log = silentLog }: How = {}) {
    const files = new DraftFiles('/storage', 'drafts', disk.window(before, watched), clock);
    const store = new DraftStore(files, runtimeWith(log, clock));
    closing.push(() => store.dispose());
    await store.ready();
    return store;
  }
  async function openNotes({ before, watched }: How = {}) {
    const files = new DraftFiles('/storage', 'notes', disk.window(before, watched));
    const store = new InteractionDraftStore(files, runtimeWith(silentLog));
    closing.push(() => store.dispose());
    await store.ready();
    return store;
  }
  const type = (store: DraftStore, field: Field, text: string, base = 'base') =>
    store.set(key, withEdit(store.get(key) ?? newDraft(), field, text, base));
  const edits = (store: DraftStore) => store.get(key)?.edits ?? {};
  const notes = (text: string) => ({ values: { notes: text }, base: { notes: '' } });
  const draftFile = () =>
    [...disk.files.keys()].find(
      (path) => path.startsWith('/storage/drafts/') && path.endsWith('.draft.json'),
    ) ?? assert.fail('no draft on the disk');
  const unwatched = { watched: false };

  it('keeps notes of another window where the form here is empty and is closed', async () => {
    const [one, two] = [await openNotes(), await openNotes(unwatched)];
    two.set(notesKey, notes(''));
    one.set(notesKey, notes('Long notes'));
    await one.flush();
    two.set(notesKey, undefined);
    await two.flush();
    for (const store of [one, two]) assert.equal(store.get(notesKey)?.values.notes, 'Long notes');
    assert.match(disk.texts('/notes/').join(), /Long notes/);
  });

  it('shows notes of another window in a form that was begun and is empty', async () => {
    const [one, two] = [await openNotes(), await openNotes()];
    two.set(notesKey, notes(''));
    await two.flush();
    one.set(notesKey, notes('Long notes'));
    await until('them in the other form', () => two.get(notesKey)?.values.notes === 'Long notes');
  });

  it('keeps notes that were typed over whole, also over a restart', async () => {
    const long = 'One line\nand another\n'.repeat(90);
    const [one, two] = [await openNotes(), await openNotes(unwatched)];
    two.set(notesKey, notes(''));
    one.set(notesKey, notes(long));
    await one.flush();
    two.set(notesKey, notes('k'));
    await two.flush();
    const three = await openNotes();
    for (const store of [two, three]) {
      assert.equal(store.get(notesKey)?.values.notes, 'k');
      assert.deepEqual(
        store.lost(notesKey).map((other) => other.notes),
        [long],
      );
    }
    const [other = {}] = three.lost(notesKey);
    three.takeAside(notesKey, other);
    assert.equal(three.get(notesKey)?.values.notes, long);
    assert.deepEqual(
      three.lost(notesKey).map((one) => one.notes),
      ['k'],
    );
  });

  it('keeps a field that was typed over whole, until a person is done with it', async () => {
    const [one, two] = [await open(), await open(unwatched)];
    type(one, 'first_name', 'Long\ntext '.repeat(300));
    await one.flush();
    type(two, 'first_name', 'Two');
    await two.flush();
    const three = await open();
    const [other] = three.lost(key);
    assert.equal(other?.text, 'Long\ntext '.repeat(300));
    three.revert(key);
    await three.flush();
    assert.equal((await open()).lost(key).length, 1, 'a revert is about the field alone');
    three.dropAside(key, other ?? assert.fail());
    await three.flush();
    assert.deepEqual((await open()).all(), []);
  });

  for (const how of ['saved', 'reverted'] as const)
    it(`keeps newer text where another window ${how} what stood there before`, async () => {
      const [one, two] = [await open(), await open(unwatched)];
      type(one, 'first_name', 'X1');
      await one.flush();
      // The other window has read X1, but not X2.
      const late = await open(unwatched);
      type(one, 'first_name', 'X2');
      await one.flush();
      const draft = late.get(key) ?? assert.fail();
      if (how === 'saved') late.set(key, { ...draft, edits: {}, base: {}, saved: ['first_name'] });
      else late.revert(key);
      await late.flush();
      await until('it read', () => one.get(key)?.base.first_name === (how === 'saved' ? 'X1' : 'base'));
      for (const store of [one, late]) assert.deepEqual(edits(store), { first_name: 'X2' });
      assert.match(disk.texts('/drafts/').join(), /X2/);
      two.dispose();
    });

  it('shows what another window typed before a write that can wait', async () => {
    const clock = new SteppedClock();
    const one = await open({ clock });
    const other = await open();
    const isLate = true;
    one.set(key, withEdit(newDraft(), 'first_name', 'Waits', 'base'), isLate);
    type(other, 'last_name', 'Typed');
    await other.flush();
    await until('the write to be brought forward', () => (clock.next ?? 0) < 1_000);
    await clock.elapse(1_000);
    await until('both texts', () => edits(one).last_name === 'Typed');
    assert.deepEqual(edits(one), { first_name: 'Waits', last_name: 'Typed' });
  });

  it('puts newer text on what another window saved just before', async () => {
    const one = await open();
    type(one, 'first_name', 'X1');
    await one.flush();
    const two = await open(unwatched);
    one.set(key, { ...(one.get(key) ?? assert.fail()), edits: {}, base: {}, saved: ['first_name'] });
    await one.flush();
    type(two, 'first_name', 'X2');
    await two.flush();
    assert.deepEqual([edits(two), two.get(key)?.base], [{ first_name: 'X2' }, { first_name: 'X1' }]);
  });

  it('is on the disk while typing goes on without a pause', async () => {
    let now = 0;
    const waiting = new Set<{ at: number; callback: () => void }>();
    const clock: Clock = {
      now: () => now,
      monotonic: () => now,
      after: (ms, callback) => {
        const timer = { at: now + ms, callback };
        waiting.add(timer);
        return { dispose: () => void waiting.delete(timer) };
      },
    };
    const one = await open({ clock });
    for (let key = 0; key < 8; key++, now += 60) {
      type(one, 'first_name', 'x'.repeat(key + 1));
      for (const timer of waiting)
        if (timer.at <= now) {
          waiting.delete(timer);
          timer.callback();
        }
    }
    await until('it on the disk', () => /xxxx/.test(disk.texts('/drafts/').join()));
  });

  it('loses nothing when a window stands still between any two steps of a write', async () => {
    // Each step of the write is interrupted once by a write of the other window.
    for (let step = 0; ; step++) {
      disk = new MemoryDisk();
      let steps = -1;
      let wake = () => {};
      let isStill = false;
      const one = await open({
        ...unwatched,
        clock: hurried,
        before: async () => {
          if (steps < 0 || steps++ !== step) return;
          isStill = true;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        },
      });
      await one.flush();
      const two = await open({ ...unwatched, clock: hurried });
      await two.flush();
      steps = 0;
      type(one, 'first_name', 'One');
      const written = one.flush();
      await Promise.race([written, until('it standing still', () => isStill)]);
      if (!isStill) break;
      type(two, 'last_name', 'Two');
      await two.flush();
      wake();
      await written;
      const three = await open();
      assert.deepEqual(edits(three), { first_name: 'One', last_name: 'Two' }, `step ${step}`);
      three.dispose();
      two.dispose();
    }
  }).timeout(120_000);

  it('leaves nothing behind of a window that was killed while it wrote', async () => {
    const killed = await open({
      ...unwatched,
      before: (operation, path) =>
        operation === 'rename' && !path.endsWith('.lock') ? new Promise<void>(() => undefined) : undefined,
    });
    type(killed, 'first_name', 'Secret');
    void killed.flush();
    await until('its file', () => /Secret/.test(disk.texts('/storage').join()));
    const next = await open({ clock: hurried });
    await next.flush();
    assert.deepEqual(disk.texts('/storage'), []);
  });

  it('hides no other where one cannot be read, says so, and has it once it can', async () => {
    const writer = await open();
    type(writer, 'first_name', 'Typed');
    const other = { ...key, contactId: 'other' };
    writer.set(other, withEdit(newDraft(), 'first_name', 'Other', ''));
    await writer.flush();
    let refused = draftFile();
    const logged: string[] = [];
    const clock = new SteppedClock();
    const one = await open({
      ...unwatched,
      clock,
      before: (operation, path) => {
        if (operation === 'read' && path === refused) throw Object.assign(new Error(), { code: 'EACCES' });
      },
      log: { ...silentLog, error: (line) => logged.push(line) },
    });
    assert.deepEqual([one.all().length, one.withheld], [1, 1]);
    assert.match(logged.join(), /EACCES/);
    refused = '';
    clock.advance(3_000);
    await until('the other one', () => one.all().length === 2);
    assert.equal(one.withheld, 0);
  });

  it('sets aside what is not UTF-8, and never over what was set aside before', async () => {
    const one = await open(unwatched);
    for (const bad of [Buffer.from('{"version":2}'), Buffer.from([0x22, 0xff, 0x22])]) {
      type(one, 'first_name', `Typed ${bad.length}`);
      await one.flush();
      disk.put(draftFile(), bad);
      type(one, 'first_name', `Typed on ${bad.length}`);
      await one.flush();
      assert.match(disk.texts('/drafts/').join(), new RegExp(`Typed on ${bad.length}`));
    }
    assert.equal(disk.texts('.unreadable').length, 2);
    assert.equal(one.takeUnreadable(), 2);
  });

  it('does not set aside what another window has written well meanwhile', async () => {
    const one = await open(unwatched);
    type(one, 'first_name', 'Typed');
    await one.flush();
    const [file, good] = [draftFile(), disk.texts('/drafts/')[0] ?? ''];
    disk.put(file, 'nonsense');
    let reads = 0;
    const two = await open({
      ...unwatched,
      before: (operation, path) => {
        if (operation === 'read' && path === file && reads++ === 1) disk.put(file, good);
      },
    });
    assert.deepEqual(edits(two), { first_name: 'Typed' });
    assert.equal(two.takeUnreadable(), 0);
  });

  it('keeps on screen, and puts back, what vanished from the disk and nobody ended', async () => {
    const one = await open();
    type(one, 'first_name', 'Typed');
    await one.flush();
    disk.vanish(draftFile());
    await until('it on the disk again', () => /Typed/.test(disk.texts('/drafts/').join()));
    assert.deepEqual(edits(one), { first_name: 'Typed' });
  });

  for (const [what, happens] of [
    ['vanished', (file: string) => disk.vanish(file)],
    ['was overwritten by a future version', (file: string) => disk.put(file, '{"version":2}')],
  ] as const)
    it(`keeps what ${what} where another window types first that had not seen it`, async () => {
      const [one, two] = [await open(unwatched), await open(unwatched)];
      type(one, 'first_name', 'Typed');
      await one.flush();
      happens(draftFile());
      type(two, 'last_name', 'Theirs');
      await two.flush();
      type(one, 'last_name', 'Mine');
      await one.flush();
      assert.deepEqual(edits(one), { first_name: 'Typed', last_name: 'Mine' });
      assert.deepEqual(one.lost(key), [{ field: 'last_name', text: 'Theirs' }]);
      assert.match(disk.texts(draftFile()).join(), /Typed.*Theirs/);
    });

  it('does not bring back what another window discarded before it began anew', async () => {
    const [one, two] = [await open(unwatched), await open(unwatched)];
    type(one, 'first_name', 'Typed');
    await one.flush();
    type(two, 'last_name', 'Theirs');
    await two.flush();
    one.discard(key);
    await one.flush();
    type(one, 'last_name', 'Anew');
    await one.flush();
    type(two, 'last_name', 'Theirs too');
    await two.flush();
    assert.deepEqual(edits(two), { last_name: 'Theirs too' });
  });

  it('keeps what an older file lacks that takes the place of one that vanished', async () => {
    const warnings: string[] = [];
    const one = await open({ log: { ...silentLog, warn: (text) => void warnings.push(text) } });
    type(one, 'first_name', 'Typed');
    await one.flush();
    const file = draftFile();
    const older = disk.texts(file).join();
    type(one, 'last_name', 'Newer');
    await one.flush();
    disk.vanish(file);
    await until('it missed', () => warnings.length > 0);
    disk.put(file, older);
    await one.flush();
    assert.deepEqual(edits(one), { first_name: 'Typed', last_name: 'Newer' });
  });

  it('has a note without personal data of what ended, and clears it when it is old', async () => {
    const one = await open();
    type(one, 'first_name', 'Typed');
    await one.flush();
    one.discard(key);
    await one.flush();
    assert.deepEqual(disk.texts('/drafts/'), []);
    assert.match(disk.texts('/storage').join(), /^ended +#\w+$/);
    // The files of this disk date from 1970.
    const two = await open();
    await two.flush();
    assert.deepEqual(disk.texts('/storage'), []);
  });
});
