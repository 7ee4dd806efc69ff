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
