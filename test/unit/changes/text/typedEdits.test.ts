import assert from 'node:assert/strict';
import { parseContacts } from '../../../../src/changes/text/parse';
import { type SeenValues, typedEdits } from '../../../../src/changes/text/typedEdits';
import { writeContacts } from '../../../../src/changes/text/write';

const all = [1, 2].map((n) => ({
  ref: { organisationId: '1', contactId: `${n}`.repeat(8) },
  title: '',
  values: { first_name: 'Ada', last_name: '', email: `${n}@example.org`, telephone: '' },
}));
const refs = all.map(({ ref }) => ref);
const text = writeContacts([], all);
const begin = typedEdits(new Map(), parseContacts(text, refs)).seen;
const typed = (changed: string, seen: SeenValues = begin) => typedEdits(seen, parseContacts(changed, refs));
const short = (changed: string, seen?: SeenValues) =>
  typed(changed, seen).edits.map(({ ref, field, value }) => [ref.contactId.slice(0, 1), field, value]);

describe('edits typed into a text', () => {
  it('are the values that changed since the text was last seen', () => {
    assert.deepEqual(short(text), []);
    const changed = text.replace('1@', 'new@').replace('email: 2@example.org', 'email:');
    assert.deepEqual(short(changed), [
      ['1', 'email', 'new@example.org'],
      ['2', 'email', ''],
    ]);
    const { seen } = typed(changed);
    assert.deepEqual(short(changed, seen), []);
    assert.deepEqual(short(text, seen), [
      ['1', 'email', '1@example.org'],
      ['2', 'email', '2@example.org'],
    ]);
  });

  it('are none where a block or a line is missing or in error, and none when it comes back', () => {
    for (const damaged of [
      '',
      text.replace('[11111111]', '[1111111]').replace('1@', 'new@'),
      text.replace(/^email: 1.*\n/m, ''),
      text.replace('last_name:', 'last:').replace('1@', 'new@'),
    ]) {
      const { edits, seen } = typed(damaged);
      assert.deepEqual(edits, []);
      assert.deepEqual(short(text, seen), []);
    }
  });
});
