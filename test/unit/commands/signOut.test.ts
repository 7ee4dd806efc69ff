import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/base/clock';
import { signOutOf } from '../../../src/commands/signOut';
import { newDraft, withEdit } from '../../../src/contacts/drafts/draft';
import { accountInMemory } from '../../support/accountInMemory';
import { newGate } from '../../support/gate';
import { silentLog } from '../../support/silentLog';
import { until } from '../../support/until';
import { person } from '../../support/vscode';

const globalStorage = mkdtempSync(join(tmpdir(), 'ctrl-hub-'));

describe('signing out', () => {
  /** The real stores, and what is asked of the session. */
  function begin(unsaved: number, kept: readonly string[] = []) {
    const { account, current, drafts } = accountInMemory();
    const out: (string | undefined)[] = [];
    const session = {
      signOut: async (origin: string | undefined, removed?: () => Promise<void>) => {
        out.push(origin);
        await removed?.();
      },
    };
    for (let n = 0; n < unsaved; n++)
      drafts.contacts.set(
        { origin: account.origin, organisationId: 'o', contactId: `c${n}` },
        withEdit(newDraft(), 'first_name', 'Typed', ''),
      );
    person.shown = [];
    person.answer = undefined;
    const left: (readonly [string, boolean])[] = [];
    const onDisk = {
      leave: async (...args: readonly [string, boolean]) => void left.push(args),
      damaged: async () => kept,
    };
    const texts = async () => ({ documents: { onDisk } });
    const log = { ...silentLog, show: () => undefined };
    const services = { session, data: current, drafts, texts, globalStorage, clock: systemClock, log };
    return {
      services: { ...services, origin: account.origin },
      origin: account.origin,
      drafts,
      out,
      left,
      signOut: (origin: string) => signOutOf(services, origin),
    };
  }

  it('asks nothing where nothing is unsaved', async () => {
    const { origin, out, signOut } = begin(0);
    assert.equal(await signOut(origin), true);
    assert.deepEqual([person.shown, out], [[], [origin]]);
  });

  it('is done also if the disk refuses to list texts', async () => {
    const { services, out } = begin(0);
    const texts = async () => ({
      documents: {
        onDisk: {
          leave: async () => undefined,
          damaged: async () => {
            throw new Error('ENOSPC');
          },
        },
      },
    });
    assert.equal(await signOutOf({ ...services, texts }, services.origin), true);
    assert.equal(out.length, 1);
  });

  it('asks what becomes of texts whose lines are in no draft', async () => {
    const { origin, left, signOut } = begin(0, ['a text']);
    person.answer = 'Sign Out and Delete Drafts';
    assert.equal(await signOut(origin), true);
    assert.deepEqual(
      person.shown.map(({ text }) => text),
      ['Keep the texts with lines that could not be read?'],
    );
    assert.deepEqual(left, [[origin, true]]);
  });

  it('asks what becomes of drafts, by their number; who closes the question stays', async () => {
    const { origin, drafts, out, signOut } = begin(2);
    assert.equal(await signOut(origin), false);
    assert.deepEqual(person.shown, [
      {
        text: 'Keep your unsaved changes to 2 contacts?',
        buttons: ['Sign Out and Keep Drafts', 'Sign Out and Delete Drafts'],
        modal: true,
      },
    ]);
    assert.deepEqual([out, drafts.keys().length], [[], 2]);
  });

  it('keeps drafts, or deletes them once the session is gone', async () => {
    for (const [answer, left] of [
      ['Sign Out and Keep Drafts', 1],
      ['Sign Out and Delete Drafts', 0],
    ] as const) {
      const { origin, drafts, out, left: texts, signOut } = begin(1);
      person.answer = answer;
      assert.equal(await signOut(origin), true);
      assert.deepEqual([out, drafts.keys().length], [[origin], left], answer);
      assert.deepEqual(texts, [[origin, left === 0]]);
    }
  });

  it('asks nothing for drafts of another environment', async () => {
    const { out, drafts, signOut } = begin(1);
    assert.equal(await signOut('https://elsewhere.example'), true);
    assert.deepEqual([person.shown, out, drafts.keys().length], [[], ['https://elsewhere.example'], 1]);
  });

  it('deletes drafts before the server has ended the session', async () => {
    const { drafts, services } = begin(1);
    const answer = newGate();
    const session = {
      signOut: async (_: string | undefined, removed: () => Promise<void>) => {
        await removed();
        await answer.opened;
      },
    };
    person.answer = 'Sign Out and Delete Drafts';
    const done = signOutOf({ ...services, session }, services.origin);
    await until('no draft', () => drafts.keys().length === 0);
    answer.open();
    assert.equal(await done, true);
  });
});
