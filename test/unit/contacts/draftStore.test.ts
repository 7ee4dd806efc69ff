import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Draft, withEdit } from '../../../src/contacts/draft';
import { type DraftStorage, DraftStore } from '../../../src/contacts/draftStore';
import { newDraft } from '../../../src/contacts/saves';
import { DraftFiles } from '../../../src/platform/draftFiles';
import { silentLog } from '../../support/silentLog';

const key = { origin: 'https://api.example', organisationId: 'o', contactId: 'c' };
const typed = (draft: Draft, field: 'first_name' | 'last_name', value: string) =>
  withEdit(draft, field, value, 'base');
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('DraftStore on a real disk', () => {
  let folder: string;
  let open: { files: DraftFiles; store: DraftStore }[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'drafts-'));
    open = [];
  });
  afterEach(async () => {
    for (const { files, store } of open) {
      await store.flush();
      store.dispose();
      files.dispose();
    }
    rmSync(folder, { recursive: true });
  });
  async function openWindow(): Promise<DraftStore> {
    const files = new DraftFiles(folder);
    const store = new DraftStore(files, silentLog);
    open.push({ files, store });
    await store.ready();
    return store;
  }
  const stored = () => readdirSync(join(folder, 'drafts'));

  it('is on the disk within 500 ms, and there again after a restart', async () => {
    const one = await openWindow();
    one.set(key, typed(newDraft('Ada', 'Org'), 'first_name', 'Typed'));
    await pause(450);
    const two = await openWindow();
    assert.deepEqual(two.get(key)?.edits, { first_name: 'Typed' });
    assert.deepEqual(two.get(key)?.base, { first_name: 'base' });
    assert.equal(two.all()[0]?.draft.title, 'Ada');
  });

  it('leaves nothing behind when the draft is gone', async () => {
    const one = await openWindow();
    one.set(key, typed(newDraft(), 'first_name', 'Typed'));
    await one.flush();
    assert.equal(stored().length, 1);
    one.discard(key);
    await one.flush();
    assert.deepEqual(stored(), []);
    assert.equal(one.all().length, 0);
  });

  it('sets aside what it cannot read, says so, and drops nothing', async () => {
    const one = await openWindow();
    one.set(key, typed(newDraft(), 'first_name', 'Typed'));
    await one.flush();
    const [name = ''] = stored();
    for (const [n, text] of ['{"version":9}', 'not json', '{"version":1,"edits":{"shoe":"7"}}'].entries()) {
      writeFileSync(join(folder, 'drafts', name.replace(/^.{3}/, `bad${n}`)), text);
    }
    const two = await openWindow();
    assert.equal(two.takeUnreadable(), 3);
    assert.equal(two.all().length, 1);
    assert.equal(stored().filter((file) => file.endsWith('.unreadable')).length, 3);
  });

  it('two windows: fields of both are kept', async () => {
    const [one, two] = [await openWindow(), await openWindow()];
    one.set(key, typed(newDraft(), 'first_name', 'One'));
    two.set(key, typed(newDraft(), 'last_name', 'Two'));
    await pause(700);
    for (const store of [one, two])
      assert.deepEqual(store.get(key)?.edits, { first_name: 'One', last_name: 'Two' });
  });

  it('two windows, the same field: the value that was typed over is told', async () => {
    const [one, two] = [await openWindow(), await openWindow()];
    one.set(key, typed(newDraft(), 'first_name', 'One'));
    await pause(20);
    two.set(key, typed(newDraft(), 'first_name', 'Two'));
    await pause(700);
    assert.deepEqual(two.lost(key), { first_name: 'One' });
    assert.equal(one.get(key)?.edits.first_name, 'Two');
  });

  it('two windows: a draft that one discards is gone in the other', async () => {
    const [one, two] = [await openWindow(), await openWindow()];
    one.set(key, typed(newDraft(), 'first_name', 'One'));
    await pause(500);
    assert.equal(two.all().length, 1);
    two.discard(key);
    await pause(500);
    assert.equal(one.all().length, 0);
  });

  it('a disk that refuses keeps the draft in memory and says so, until it takes it again', async () => {
    const one = await openWindow();
    rmSync(join(folder, 'drafts'), { recursive: true });
    writeFileSync(join(folder, 'drafts'), 'in the way');
    one.set(key, typed(newDraft(), 'first_name', 'Kept'));
    await one.flush();
    assert.equal(one.failing, true);
    assert.deepEqual(one.get(key)?.edits, { first_name: 'Kept' });
    rmSync(join(folder, 'drafts'));
    one.set(key, typed(one.get(key) ?? newDraft(), 'first_name', 'Kept too'));
    await one.flush();
    assert.equal(one.failing, false);
    assert.match(readFileSync(join(folder, 'drafts', stored()[0] ?? ''), 'utf8'), /Kept too/);
  });

  it('a disk that refuses is asked again by itself', async () => {
    const one = await openWindow();
    rmSync(join(folder, 'drafts'), { recursive: true });
    writeFileSync(join(folder, 'drafts'), 'in the way');
    one.set(key, typed(newDraft(), 'first_name', 'Kept'));
    await one.flush();
    rmSync(join(folder, 'drafts'));
    await pause(3500);
    assert.equal(one.failing, false);
    assert.match(readFileSync(join(folder, 'drafts', stored()[0] ?? ''), 'utf8'), /Kept/);
  });

  it('a disk that refuses from the start is no reason not to work', async () => {
    writeFileSync(join(folder, 'drafts'), 'in the way');
    const one = await openWindow();
    assert.equal(one.failing, true);
    one.set(key, typed(newDraft(), 'first_name', 'Kept'));
    assert.deepEqual(one.get(key)?.edits, { first_name: 'Kept' });
  });

  it('takes no older text of its own for another window’s, however slowly the disk is read', async () => {
    const files = new DraftFiles(folder);
    const slow: DraftStorage = {
      list: () => files.list(),
      nameOf: (text) => files.nameOf(text),
      // What is read is what stood there when the reading began.
      read: async (name) => {
        const text = await files.read(name);
        await pause(60);
        return text;
      },
      write: (name, text) => files.write(name, text),
      remove: (name) => files.remove(name),
      exclusively: (name, work) => files.exclusively(name, work),
      setAside: (name) => files.setAside(name),
      onDidChange: files.onDidChange,
    };
    const store = new DraftStore(slow, silentLog);
    open.push({ files, store });
    await store.ready();
    const draft = newDraft('Ada', 'Org');
    store.set(key, typed(draft, 'first_name', 'one'));
    await store.flush();
    await pause(20);
    // The event of the first write is being read while the second one is written.
    const seen = new Set<string | undefined>();
    store.onDidChange(() => seen.add(store.get(key)?.edits.first_name));
    store.set(key, typed(draft, 'first_name', 'two'));
    await store.flush();
    await pause(400);
    assert.deepEqual([...seen], ['two'], 'never what stood there before');
  });
});
