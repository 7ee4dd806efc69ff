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

describe('ordinary work in a text', () => {
  function open(rows: readonly (readonly [string, string, string, string])[]) {
    const contacts = rows.map(([first_name, last_name, email, telephone], n) => ({
      ref: { organisationId: '1', contactId: `${n + 1}`.repeat(8) },
      title: `Contact ${n + 1}`,
      values: { first_name, last_name, email, telephone },
    }));
    const own = contacts.map(({ ref }) => ref);
    const shown = new Map(contacts.map(({ ref, values }) => [keyOf(ref), values]));
    const isSound = (changed: string) => {
      const parsed = withoutJoined(parseContacts(changed, own), own, shown);
      assert.deepEqual(parsed.errors, []);
      return typedEdits(shown, parsed).edits.length;
    };
    return { text: writeContacts([], contacts), isSound };
  }

  it('may remove the numbers that are right, and type them into the other blocks', () => {
    const { text, isSound } = open([
      ['Ann', 'A', 'a@x.org', '+44 20 7946 0000'],
      ['Ben', 'B', 'b@x.org', '01'],
      ['Cat', 'C', 'c@x.org', '02'],
    ]);
    const others = text.replace(/^telephone: \+44.*\n/m, '');
    assert.equal(isSound(others.replace(/^telephone: .*/gm, 'telephone: +44 20 7946 0000')), 2);
  });

  it('may cut a line from one block, and type its value in the next one', () => {
    const { text, isSound } = open([
      ['Ann', 'A', 'office@x.org', '1'],
      ['Ben', 'B', 'b@x.org', '01'],
    ]);
    const cut = text.replace('email: office@x.org\n', '');
    assert.equal(isSound(cut.replace('email: b@x.org', 'email: office@x.org')), 1);
  });

  it('may correct a duplicate whose right one was removed from the text', () => {
    const { text, isSound } = open([
      ['jane', 'Doe', 'jane@x.org', '01'],
      ['Ben', 'B', 'b@x.org', '02'],
      ['Jane', 'Doe', 'jane@x.org', '01'],
    ]);
    assert.equal(isSound(text.replace(/\n\[33333333\][\s\S]*$/, '').replace('jane\n', 'Jane\n')), 1);
  });

  it('may count numbers on', () => {
    const { text, isSound } = open([
      ['Desk 1', '', '', ''],
      ['Desk 2', '', '', ''],
      ['Desk 3', '', '', ''],
    ]);
    assert.equal(isSound(text.replace(/Desk (\d)\n(?=last)/g, (_, n) => `Desk ${Number(n) + 1}\n`)), 3);
  });

  it('may remove lines beside a value that holds the name of a field', () => {
    const { text, isSound } = open([
      ['Ann', 'A', 'a@x.org', '020 7946 0000, voicemail: 020 7946 0001'],
      ['Ben', 'B', 'b@x.org', '01'],
    ]);
    const rest = text.replace(/^email:.*\n/gm, '');
    assert.equal(isSound(rest), 0);
    assert.equal(isSound(rest.replace('telephone: 01\n', 'telephone: 02\n')), 1);
  });
});
