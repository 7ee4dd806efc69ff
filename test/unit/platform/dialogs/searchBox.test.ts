import assert from 'node:assert/strict';
import fc from 'fast-check';
import { systemClock } from '../../../../src/base/clock';
import { SearchBox, type SearchSource } from '../../../../src/platform/dialogs/searchBox';
import { type BoxRow, DistantBox } from '../../../support/distantBox';

const names = ['Ada', 'Adam', 'Bo', 'Bob', 'Cy', 'Dan'].map((label) => ({ label }));
const matching = (rows: readonly BoxRow[], text: string) => rows.filter(({ label }) => label.includes(text));

function open(all: { rows: readonly BoxRow[]; isComplete: boolean } = { rows: names, isComplete: true }) {
  const box = new DistantBox();
  const taken: BoxRow[] = [];
  const source: SearchSource<BoxRow> = {
    search: async (query) => ({ rows: matching(all.rows, query), isComplete: all.isComplete }),
    present: (rows) => (rows.length === 0 ? [{ label: 'No match' }] : rows),
    take: (row) => taken.push(row),
  };
  const search = new SearchBox(box, source, systemClock, box.drawn);
  return { box, search, taken, all };
}

describe('Enter in a search box whose rows arrive later', () => {
  it('takes the row under the cursor once everything is on the screen', async () => {
    const { box, search, taken } = open();
    await search.search();
    await box.everything();
    box.type('Ad');
    await box.everything();
    box.down();
    box.enter();
    await box.everything();
    assert.deepEqual(taken, [{ label: 'Adam' }]);
  });

  it('takes the only match of what was pasted, not the row that was shown', async () => {
    const { box, search, taken } = open();
    await search.search();
    await box.everything();
    box.type('Cy');
    assert.deepEqual(box.enter(), { label: 'Ada' }, 'the row under the cursor');
    await box.everything();
    assert.deepEqual(taken, [{ label: 'Cy' }]);
  });

  it('leaves several matches to the person, and takes none of the row before', async () => {
    const { box, search, taken } = open();
    await search.search();
    await box.everything();
    box.down();
    box.type('Bo');
    box.enter();
    await box.everything();
    assert.deepEqual(taken, []);
    assert.deepEqual(box.window.rows, [{ label: 'Bo' }, { label: 'Bob' }]);
    box.enter();
    await box.everything();
    assert.deepEqual(taken, [{ label: 'Bo' }]);
  });

  it('waits for contacts that are still arriving', async () => {
    const { box, search, taken, all } = open({ rows: names.slice(0, 2), isComplete: false });
    await search.search();
    await box.everything();
    box.type('Dan');
    box.enter();
    await box.everything();
    assert.deepEqual(taken, []);
    Object.assign(all, { rows: names, isComplete: true });
    await search.search();
    assert.deepEqual(taken, [{ label: 'Dan' }]);
  });

  it('is forgotten when something else is typed', async () => {
    const { box, search, taken, all } = open({ rows: names, isComplete: false });
    await search.search();
    await box.everything();
    box.type('Dan');
    box.enter();
    box.type('Cy');
    await box.everything();
    all.isComplete = true;
    await search.search();
    assert.deepEqual(taken, []);
  });

  it('takes nothing of the question before', async () => {
    const { box, search, taken } = open();
    await search.search();
    await box.everything();
    box.enter();
    await box.toHost();
    assert.deepEqual(taken, [{ label: 'Ada' }]);
    const others = search.restart();
    box.enter();
    await others;
    await box.everything();
    assert.equal(taken.length, 1);
    box.enter();
    await box.everything();
    assert.equal(taken.length, 2, 'once the new ones are on the screen');
  });

  it('never takes anything but the row that was under the cursor, or the only match', async () => {
    const step = fc.oneof(
      fc.constantFrom('down', 'enter', 'window', 'window', 'host', 'host', 'arrive'),
      fc.constantFrom('', 'A', 'Ad', 'Bo', 'Bob', 'Cy', 'Da').map((text) => ({ text })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { box, search, taken, all } = open({ rows: names.slice(3), isComplete: false });
        const allowed = new Set<string>();
        await search.search();
        for (const one of steps) {
          if (typeof one === 'object') box.type(one.text);
          else if (one === 'down') box.down();
          else if (one === 'window') box.toWindow();
          else if (one === 'host') await box.toHost();
          else if (one === 'arrive') {
            Object.assign(all, { rows: names, isComplete: true });
            await search.search();
          } else {
            const row = box.enter();
            const { text } = box.window;
            if (row?.label.includes(text)) allowed.add(row.label);
            const [only, ...others] = matching(names, text);
            if (only && others.length === 0) allowed.add(only.label);
          }
        }
        await box.everything();
        for (const { label } of taken)
          assert.ok(label === 'No match' || allowed.has(label), `${label}, not of ${[...allowed]}`);
      }),
      { numRuns: 3_000 },
    );
  });
});
