/** Tests the behaviour that both stores of drafts share. */
import assert from 'node:assert/strict';
import type { Runtime } from '../../../../src/base/runtime';
import { newDraft, withEdit } from '../../../../src/contacts/drafts/draft';
import type { DraftStorage } from '../../../../src/contacts/drafts/draftStorage';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { newInteractionId } from '../../../../src/contacts/drafts/interactionDraft';
import { InteractionDraftStore } from '../../../../src/contacts/drafts/interactionDraftStore';
import type { StoredDrafts } from '../../../../src/contacts/drafts/storedDrafts';
import { draftWindows, slowToFollow, slowToRead, unwatched } from '../../../support/draftWindows';
import { newGate } from '../../../support/gate';
import { SteppedClock } from '../../../support/steppedClock';
import { until } from '../../../support/until';

interface Kind<K, D, S> {
  readonly folder: string;
  readonly Store: new (storage: DraftStorage, runtime: Runtime) => S;
  keyOf(contactId: string): K;
  typed(text: string): D;
  readonly nothing: D;
}

const contact = (contactId: string) => ({ origin: 'https://api.example', organisationId: 'o', contactId });

alike<Parameters<DraftStore['set']>[0], Parameters<DraftStore['set']>[1], DraftStore>({
  folder: 'drafts',
  Store: DraftStore,
  keyOf: contact,
  typed: (text) => withEdit(newDraft('Ada', 'Org'), 'first_name', text, 'base'),
  nothing: newDraft('Ada', 'Org'),
});
alike<
  Parameters<InteractionDraftStore['set']>[0],
  Parameters<InteractionDraftStore['set']>[1],
  InteractionDraftStore
>({
  folder: 'notes',
  Store: InteractionDraftStore,
  keyOf: (contactId) => ({ ...contact(contactId), interactionId: newInteractionId }),
  typed: (notes) => ({ values: { notes }, base: { notes: '' } }),
  nothing: undefined,
});

function alike<K, D extends object | undefined, S extends StoredDrafts<K, D> & { lost(key: K): unknown }>({
  folder,
  Store,
  keyOf,
  typed,
  nothing,
}: Kind<K, D, S>) {
  describe(`${Store.name} on a real disk`, () => {
    const windows = draftWindows<S>(folder, Store);
    const key = keyOf('c');
    /** Returns all texts that the user can see. */
    const told = (store: S) => JSON.stringify([store.all(), store.lost(key)]);
    const tells = (store: S, text: string) => told(store).includes(`"${text}"`);

    it('is on the way to the disk within 300 ms, and there again after a restart', async () => {
      const clock = new SteppedClock();
      const one = await windows.open(undefined, clock);
      one.set(key, typed('T'));
      clock.advance(140);
      one.set(key, typed('Typed'));
      clock.advance(160);
      await until('it on the disk', () => windows.texts().some((text) => text.includes('"Typed"')));
      const two = await windows.open();
      assert.deepEqual(
        two.all().map((draft) => draft.key),
        [key],
      );
      assert.ok(tells(two, 'Typed'));
    });

    it('leaves nothing behind of what is over', async () => {
      const one = await windows.open();
      one.set(key, typed('Typed'));
      await one.flush();
      assert.equal(windows.names().length, 1);
      one.set(key, nothing);
      await one.flush();
      assert.deepEqual(windows.names(), []);
      assert.deepEqual(one.all(), []);
    });

    it('sets aside what cannot be read, counts it, and has the others', async () => {
      const one = await windows.open();
      one.set(key, typed('Typed'));
      await one.flush();
      const [good] = windows.names();
      for (const [n, text] of ['{"version":9}', 'not json', '{"version":1,"edits":{"a":1}}'].entries())
        windows.put(`bad${n}.draft.json`, text);
      const two = await windows.open();
      assert.equal(two.takeUnreadable(), 3);
      assert.equal(two.takeUnreadable(), 0);
      assert.ok(tells(two, 'Typed'));
      const bad = [0, 1, 2].map((n) => `bad${n}.draft.json.unreadable`);
      assert.deepEqual(windows.names().sort(), [good, ...bad].sort());
    });

    it('two windows: what one types is in the other, and gone from it when it is over', async () => {
      const [one, two] = [await windows.open(), await windows.open()];
      one.set(key, typed('Typed'));
      await until('it in the other window', () => tells(two, 'Typed'));
      two.set(key, nothing);
      await until('it gone', () => one.all().length === 0);
      await until('it gone from the disk', () => windows.names().length === 0);
    });

    it('two windows at the same moment: nothing goes without a word', async () => {
      const [one, two] = [await windows.open(slowToRead), await windows.open(slowToRead)];
      one.set(key, typed('One'));
      two.set(key, typed('Two'));
      await Promise.all([one.flush(), two.flush()]);
      await windows.settled();
      for (const store of [one, two])
        assert.ok(tells(store, 'One') && tells(store, 'Two'), `${told(one)} ${told(two)}`);
    });

    it('two windows that see nothing of one another meet where one writes', async () => {
      const [one, two] = [await windows.open(unwatched), await windows.open(unwatched)];
      one.set(key, typed('One'));
      await one.flush();
      const changes: string[] = [];
      two.set(key, typed('Two'));
      two.onDidChange(() => changes.push(told(two)));
      await two.flush();
      assert.ok(tells(two, 'One') && tells(two, 'Two'), told(two));
      assert.deepEqual(changes, [told(two)], 'and it is shown');
    });

    it('follows another window’s changes in their order, however slowly the disk is read', async () => {
      const one = await windows.open();
      const slow = newGate();
      let reads = 0;
      const two = await windows.open((files) => ({
        read: async (name) => {
          const text = await files.read(name);
          if (reads++ === 0) await slow.opened;
          return text;
        },
      }));
      one.set(key, typed('Typed'));
      await one.flush();
      await until('the reading of it', () => reads > 0);
      one.set(key, nothing);
      await one.flush();
      slow.open();
      await windows.settled();
      assert.deepEqual(two.all(), []);
    });

    it('has nothing that went while it began', async () => {
      const one = await windows.open();
      one.set(key, typed('Typed'));
      await one.flush();
      const slow = newGate();
      let isListed = false;
      const two = windows.make((files) => ({
        list: async () => {
          const all = await files.list();
          isListed = true;
          await slow.opened;
          return all;
        },
      }));
      const ready = two.ready();
      await until('the list', () => isListed);
      one.set(key, nothing);
      await one.flush();
      slow.open();
      await ready;
      await until('it gone', () => two.all().length === 0);
    });

    it('takes no older text of its own for another window’s, however slowly the disk is read', async () => {
      const one = await windows.open(slowToFollow);
      one.set(key, typed('one'));
      await one.flush();
      // The event of the first write is being read while the second one is written.
      const seen = new Set<boolean>();
      one.onDidChange(() => seen.add(tells(one, 'two') && !tells(one, 'one')));
      one.set(key, typed('two'));
      await one.flush();
      await windows.settled();
      assert.deepEqual([...seen], [true], 'never what stood there before');
    });

    it('keeps aside what it cannot read where it writes, and writes all of its own', async () => {
      const one = await windows.open(unwatched);
      one.set(key, typed('Typed'));
      await one.flush();
      const [name = ''] = windows.names();
      windows.put(name, '{"version":9}');
      // The text is set again, because its absence from the disk would look like its end.
      one.set(key, typed('Typed'));
      await one.flush();
      assert.ok(tells(one, 'Typed'));
      assert.deepEqual(windows.names().sort(), [name, `${name}.unreadable`].sort());
      assert.match(windows.texts().join(), /Typed/);
    });

    it('takes what makes no sense for no end of what it has', async () => {
      const one = await windows.open();
      one.set(key, typed('Typed'));
      await one.flush();
      windows.put(windows.names()[0] ?? '', '{"version":9}');
      await windows.settled();
      assert.ok(tells(one, 'Typed'));
    });

    it('a disk that refuses keeps what is typed in memory and says so, until it takes it', async () => {
      const one = await windows.open();
      const said: boolean[] = [];
      one.onDidChangeFailing((failing) => said.push(failing));
      windows.block();
      one.set(key, typed('Kept'));
      await one.flush();
      assert.equal(one.failing, true);
      assert.ok(tells(one, 'Kept'));
      windows.free();
      one.set(key, typed('Kept too'));
      await one.flush();
      assert.equal(one.failing, false);
      assert.deepEqual(said, [true, false]);
      assert.match(windows.texts()[0] ?? '', /Kept too/);
    });

    it('a disk that refuses is asked again by itself, but not by a window that was closed', async () => {
      const clock = new SteppedClock();
      const one = await windows.open(undefined, clock);
      const closed = await windows.open(undefined, clock);
      const said: boolean[] = [];
      one.onDidChangeFailing((failing) => said.push(failing));
      windows.block();
      one.set(key, typed('Kept'));
      closed.set(keyOf('closed'), typed('Closed'));
      closed.dispose();
      await Promise.all([one.flush(), closed.flush()]);
      windows.free();
      clock.advance(3_000);
      await until('the disk to take it', () => !one.failing);
      await Promise.all([one.flush(), closed.flush()]);
      assert.deepEqual([one.failing, said], [false, [true, false]]);
      const texts = windows.texts();
      assert.equal(texts.length, 1);
      assert.match(texts[0] ?? '', /Kept/);
    });

    it('says that the disk refuses one also while it takes another', async () => {
      let refused = 'Mine';
      const one = await windows.open((files) => ({
        write: (name, text) =>
          refused !== '' && text.includes(refused)
            ? Promise.reject(new Error('no'))
            : files.write(name, text),
      }));
      one.set(key, typed('Mine'));
      await one.flush();
      const other = keyOf('other');
      one.set(other, typed('Other'));
      // `flush` would also retry the first draft.
      await until('the other one on the disk', () => windows.texts().some((text) => text.includes('Other')));
      assert.equal(one.failing, true);
      refused = '';
      await one.flush();
      assert.equal(one.failing, false);
    });

    it('a disk that refuses from the start is no reason not to work', async () => {
      windows.block();
      const one = await windows.open();
      assert.equal(one.failing, true);
      one.set(key, typed('Kept'));
      assert.ok(tells(one, 'Kept'));
      windows.free();
      await one.flush();
      assert.equal(one.failing, false);
    });

    it('writes on when somebody who listens fails', async () => {
      const [one, two] = [await windows.open(), await windows.open()];
      let heard = 0;
      const bad = two.onDidChange(() => {
        heard++;
        throw new Error('a mistake of ours');
      });
      one.set(key, typed('One'));
      await until('it in the other window', () => heard > 0);
      one.set(key, typed('One more'));
      await until('and its change', () => heard > 1);
      bad.dispose();
      two.set(key, typed('Two'));
      await two.flush();
      assert.match(windows.texts()[0] ?? '', /"Two"/);
    });
  });
}
