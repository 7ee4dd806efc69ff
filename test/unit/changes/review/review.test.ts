import assert from 'node:assert/strict';
import { Journal } from '../../../../src/changes/apply/journal';
import { JournalFiles } from '../../../../src/changes/apply/journalFiles';
import { newGate } from '../../../support/gate';
import { ReviewRoom } from '../../../support/reviewRoom';
import { silentRuntime } from '../../../support/silentLog';
import { until } from '../../../support/until';
import { opened, person } from '../../../support/vscode';

const outcome = { kind: 'pending' } as const;
const refusal = (status: number) =>
  new Response(JSON.stringify({ errors: [{ title: 'Refused' }] }), {
    status,
    headers: { 'content-type': 'application/vnd.api+json' },
  });

describe('the review of changes', () => {
  let room: ReviewRoom;
  beforeEach(() => {
    person.shown = [];
    room = new ReviewRoom();
  });
  afterEach(() => room.close());

  /** Holds the PUTs of an Apply to four contacts. @returns functions that wait for all of them, and let them go */
  function holdPuts() {
    const gate = newGate();
    let held = 0;
    room.answer = async ({ method }) => {
      if (method === 'PUT') held++;
      if (method === 'PUT') await gate.opened;
      return undefined;
    };
    return { arrived: () => until('requests', () => held === 4), release: gate.open };
  }

  it('tells the result of an Apply whose page was closed', async () => {
    await room.type(await room.refs(4), 'Newer');
    await room.review(4);
    const { arrived, release } = holdPuts();
    room.apply();
    await arrived();
    opened.panels.at(-1)?.dispose();
    release();
    await until('a message', () => person.shown.length > 0);
    assert.deepEqual(
      person.shown.map(({ text, buttons }) => ({ text, buttons })),
      [{ text: '4 saved', buttons: [] }],
    );
  });

  it('offers to review again after an Undo that failed', async () => {
    await room.type(await room.refs(3), 'Newer');
    await room.review(3);
    room.apply();
    await room.hasApplied(/3 saved/);
    room.answer = () => refusal(401);
    const undone = room.undo();
    await until('the batches', () => opened.lists.at(-1)?.items.length);
    opened.lists.at(-1)?.choose(0);
    await undone;
    assert.equal(room.head?.canReviewAgain, true);
    assert.equal(room.head.canCancel, false);
  });

  it('cancels an Undo by the button of the page', async () => {
    await room.type(await room.refs(3), 'Newer');
    await room.review(3);
    room.apply();
    await room.hasApplied(/3 saved/);
    const asked = newGate();
    room.answer = (request) => {
      asked.open();
      return new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason));
      });
    };
    const undone = room.undo();
    await until('the batches', () => opened.lists.at(-1)?.items.length);
    opened.lists.at(-1)?.choose(0);
    await asked.opened;
    opened.panels.at(-1)?.say({ type: 'cancel' });
    await undone;
    assert.equal(room.head?.canReviewAgain, true);
  });

  it('is not mixed up with an Undo whose question was open when an Apply began', async () => {
    const refs = await room.refs(6);
    await room.type(refs.slice(0, 2), 'First');
    await room.review(2);
    room.apply();
    await room.hasApplied(/2 saved/);
    await room.type(refs.slice(2), 'Second');
    await room.review(4);
    const undone = room.undo();
    await until('the batches', () => opened.lists.at(-1)?.items.length);
    const { arrived, release } = holdPuts();
    room.apply();
    await arrived();
    opened.lists.at(-1)?.choose(0);
    await undone;
    assert.match(room.head?.status ?? '', /Applying/);
    release();
    await room.hasApplied(/4 saved/);
  });

  it('sends nothing in the name of a person who signs in when an Apply begins', async () => {
    const refs = await room.refs(3);
    await room.type(refs, 'Newer');
    await room.review(3);
    // The drafts of the first Apply are slow to reach the disk, so the second one waits.
    const disk = newGate();
    room.drafts.flush = () => disk.opened;
    let isRefused = true;
    room.answer = ({ method, url }) =>
      isRefused && method === 'PUT' && url.includes(refs[0]?.contactId ?? '') ? refusal(422) : undefined;
    room.apply();
    await room.hasApplied(/2 saved/);
    await until('the button', () => room.head?.apply?.isEnabled);
    isRefused = false;
    room.puts.length = 0;
    room.apply();
    await room.says(/Applying/);
    room.signIn('bob');
    disk.open();
    await until('the end', () => !/Applying/.test(room.head?.status ?? ''));
    assert.ok(!room.puts.includes('bob'));
  });

  it('leaves out what the user excluded before, when an assistant adds a proposal', async () => {
    const refs = await room.refs(4);
    await room.type(refs.slice(0, 3), 'Typed');
    await room.review(3);
    room.setIncluded([0], false);
    await until('two', () => /\b2 contacts/.test(room.head?.apply?.label ?? ''));
    await room.type(refs.slice(3), 'Proposed');
    await room.reviewForAssistant();
    assert.match(room.head?.apply?.label ?? '', /\b3 contacts/);
  });

  it('undoes nothing that was forgotten while the list of changes was open', async () => {
    await room.type(await room.refs(3), 'Newer');
    await room.review(3);
    room.apply();
    await room.hasApplied(/3 saved/);
    const undone = room.undo();
    await until('the batches', () => opened.lists.at(-1)?.items.length);
    await until('forgotten', () => room.forget());
    opened.lists.at(-1)?.choose(0);
    await undone;
    assert.deepEqual(room.drafts.edited('http://api.test'), []);
    assert.match(person.shown.at(-1)?.text ?? '', /forgotten/);
  });

  it('undoes also what arrived although its answer was lost', async () => {
    const refs = await room.refs(3);
    const lost = refs[0]?.contactId ?? '';
    await room.type(refs, 'Newer');
    await room.review(3);
    let isDown = false;
    room.answer = async (request) => {
      if (!request.url.includes(lost)) return undefined;
      if (isDown) throw new TypeError('fetch failed');
      if (request.method !== 'PUT') return undefined;
      isDown = true;
      await room.sandboxFetch(request.clone());
      throw new TypeError('fetch failed');
    };
    room.apply();
    await room.hasApplied(/2 saved/);
    // The network is back.
    room.answer = () => undefined;
    const undone = room.undo();
    await until('the batches', () => opened.lists.at(-1)?.items.length);
    opened.lists.at(-1)?.choose(0);
    await undone;
    assert.match(room.head?.apply?.label ?? '', /3 contacts/);
  });

  it('undoes also what another window has saved while the list of changes was open', async () => {
    const refs = await room.refs(2);
    await room.type(refs, 'Newer');
    await room.review(2);
    room.apply();
    await room.hasApplied(/2 saved/);
    const journal = new Journal(new JournalFiles(room.globalStorage), silentRuntime);
    const [batch] = await journal.batches('http://api.test');
    assert.ok(batch);
    // As it was a moment earlier.
    const [, second] = batch.items;
    assert.ok(second);
    const before = { ...batch, items: batch.items.map((item, n) => (n === 1 ? { ...item, outcome } : item)) };
    const open = await journal.begin(before);
    const undone = room.undo();
    await until('the batches', () => opened.lists.at(-1)?.items.length);
    open.note(1, second.outcome);
    await open.end();
    opened.lists.at(-1)?.choose(0);
    await undone;
    assert.match(room.head?.apply?.label ?? '', /2 contacts/);
  });

  it('stays that of an Undo when an assistant adds a proposal', async () => {
    const refs = await room.refs(4);
    await room.type(refs.slice(0, 3), 'Newer');
    await room.review(3);
    room.apply();
    await room.hasApplied(/3 saved/);
    const undone = room.undo();
    await until('the batches', () => opened.lists.at(-1)?.items.length);
    opened.lists.at(-1)?.choose(0);
    await undone;
    await room.type(refs.slice(3), 'Proposed');
    await room.reviewForAssistant();
    assert.match(room.head?.apply?.label ?? '', /\b3 contacts/);
  });

  it('counts no contact while all are excluded, and names the organisation also after an Apply', async () => {
    await room.type(await room.refs(2), 'Newer');
    await room.review(2);
    const { where } = room.head ?? {};
    room.setIncluded([0, 1], false);
    await until('nothing to apply', () => room.head?.apply?.isEnabled === false);
    assert.match(String(room.head?.totals[0]), /^0 contacts change/);
    room.setIncluded([0, 1], true);
    await until('two to apply', () => room.head?.apply?.isEnabled);
    room.apply();
    await room.hasApplied(/2 saved/);
    assert.deepEqual([room.head?.where, room.head?.totals], [where, []]);
  });
});
