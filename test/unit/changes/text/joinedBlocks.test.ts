import assert from 'node:assert/strict';
import { withoutJoined } from '../../../../src/changes/text/joinedBlocks';
import { parseContacts } from '../../../../src/changes/text/parse';
import { typedEdits } from '../../../../src/changes/text/typedEdits';
import { writeContacts } from '../../../../src/changes/text/write';
import { keyOf } from '../../../../src/contacts/model/contact';

const all = [1, 2, 3, 4].map((n) => ({
  ref: { organisationId: '1', contactId: `${n}`.repeat(8) },
  title: `Contact ${n}`,
  values: {
    first_name: `First ${n}`,
    last_name: 'Same',
    email: `${n}@example.org`,
    telephone: `+44 20 7946 000${n}`,
  },
}));
const refs = all.map(({ ref }) => ref);
const seen = new Map(all.map(({ ref, values }) => [keyOf(ref), values]));
const text = writeContacts([], all);
const read = (changed: string) => withoutJoined(parseContacts(changed, refs), refs, seen);
const edits = (changed: string) =>
  typedEdits(seen, read(changed)).edits.map(({ ref, field, value }) => [ref.contactId[0], field, value]);

describe('blocks that a deletion joined', () => {
  it('change nothing, whichever lines were deleted together', () => {
    const lines = text.split('\n');
    let joined = 0;
    for (let from = 0; from < lines.length; from++)
      for (let to = from + 1; to <= lines.length; to++) {
        const rest = [...lines.slice(0, from), ...lines.slice(to)].join('\n');
        assert.deepEqual(edits(rest), [], rest);
        joined += read(rest).errors.filter(({ code }) => code === 'joinedBlocks').length;
      }
    assert.ok(joined > 30);
  });

  it('still change nothing when the user types on in them', () => {
    const rest = text.replace(/email: 1@[\s\S]*?(?=email: 2@)/, '').replace('0002', '0009');
    assert.deepEqual(edits(rest), []);
    assert.deepEqual(
      read(rest).errors.map(({ code }) => code),
      ['joinedBlocks'],
    );
  });

  it('are not seen where a whole block was deleted, and another one changed', () => {
    const rest = text.replace(/\[22222222\][\s\S]*?(?=\[3)/, '').replace('1@example', 'new@example');
    assert.deepEqual(edits(rest), [['1', 'email', 'new@example.org']]);
    // The block is back.
    assert.deepEqual(edits(text.replace('1@example', '2@example')), [['1', 'email', '2@example.org']]);
  });
});

describe('lines that were moved in a text', () => {
  const lines = text.split('\n');

  it('type nothing, wherever one of them was moved to', () => {
    for (let from = 0; from < lines.length; from++)
      for (let to = 0; to < lines.length; to++) {
        const moved = [...lines];
        moved.splice(to, 0, ...moved.splice(from, 1));
        assert.deepEqual(edits(moved.join('\n')), [], `${lines[from]} to ${to}`);
      }
  });

  it('type nothing, whichever two were exchanged, but for values of the same field', () => {
    const nameOf = (line = '') => /^\w+:/.exec(line)?.[0];
    for (let a = 0; a < lines.length; a++)
      for (let b = a + 1; b < lines.length; b++) {
        if (nameOf(lines[a]) && nameOf(lines[a]) === nameOf(lines[b])) continue;
        const swapped = [...lines];
        [swapped[a], swapped[b]] = [lines[b] ?? '', lines[a] ?? ''];
        assert.deepEqual(edits(swapped.join('\n')), [], `${lines[a]} and ${lines[b]}`);
      }
  });

  it('type nothing where a line break between two of them was deleted', () => {
    for (let n = 0; n + 1 < lines.length; n++)
      for (const glue of ['', ' ']) {
        const joined = `${lines[n]}${glue}${lines[n + 1]}`;
        assert.deepEqual(edits([...lines.slice(0, n), joined, ...lines.slice(n + 2)].join('\n')), [], joined);
      }
  });

  it('are no error where lines were only removed, and another one changed', () => {
    for (const [n, line] of lines.entries()) {
      if (!/^\w+:/.test(line)) continue;
      assert.deepEqual(read([...lines.slice(0, n), ...lines.slice(n + 1)].join('\n')).errors, [], line);
    }
    const numbers = text.replace(/^(first_name|last_name|email):.*\n/gm, '').replace(/0002$/m, '0009');
    assert.deepEqual([read(numbers).errors, edits(numbers)], [[], [['2', 'telephone', '+44 20 7946 0009']]]);
  });

  it('may be a copy of another block', () => {
    const copied = text.replace(/First 1([\s\S]*?)1@([\s\S]*?)0001/, 'First 2$12@$20002');
    assert.equal(edits(copied).length, 3);
    assert.deepEqual(read(copied).errors, []);
  });
});
