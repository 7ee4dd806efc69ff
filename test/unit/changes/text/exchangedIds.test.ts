import assert from 'node:assert/strict';
import { withoutJoined } from '../../../../src/changes/text/joinedBlocks';
import { parseContacts } from '../../../../src/changes/text/parse';
import { typedEdits } from '../../../../src/changes/text/typedEdits';
import { writeContacts } from '../../../../src/changes/text/write';
import { keyOf } from '../../../../src/contacts/model/contact';

const make = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    ref: { organisationId: '1', contactId: `${String(n).padStart(8, '0')}` },
    title: `Contact ${n}`,
    values: {
      first_name: `First ${n}`,
      last_name: `Last ${n}`,
      email: `p${n}@old.org`,
      telephone: `+44 20 7946 ${String(n).padStart(4, '0')}`,
    },
  }));

describe('ids that were exchanged', () => {
  const all = make(4);
  const refs = all.map(({ ref }) => ref);
  const seen = new Map(all.map(({ ref, values }) => [keyOf(ref), values]));
  const text = writeContacts([], all);
  const edits = (changed: string) =>
    typedEdits(seen, withoutJoined(parseContacts(changed, refs), refs, seen)).edits.map(
      ({ ref, field, value }) => [ref.contactId.slice(-1), field, value],
    );
  const swapIds = (t: string) =>
    t
      .replace('[00000000] # Contact 0', '[X')
      .replace('[00000001] # Contact 1', '[00000000] # Contact 0')
      .replace('[X', '[00000001] # Contact 1');
  it('change nothing', () => assert.deepEqual(edits(swapIds(text)), []));
  it('give no values of another contact after a regular expression over all', () => {
    const e = edits(swapIds(text.replaceAll('@old.org', '@new.org')));
    assert.deepEqual(
      e.filter(([, field]) => field !== 'email'),
      [],
    );
  });
  it('give no values of another contact where one was typed', () => {
    const e = edits(swapIds(text).replace('p1@old.org', 'new@old.org'));
    assert.deepEqual(
      e.filter(([, field]) => field !== 'email'),
      [],
    );
  });
  it('change nothing where one of their blocks has another error, too', () => {
    const swapped = swapIds(text);
    for (const line of ['telephone: +44 20 7946 0000', 'telephone: +44 20 7946 0001'])
      assert.deepEqual(edits(swapped.replace(line, `<<<<<<< mine\n${line}`)), [], line);
  });
  it('change nothing there where a value was typed, either', () => {
    const swapped = swapIds(text).replace('First 1', 'Typed').replace('+44 20 7946 0000', 'nonsense\n');
    assert.deepEqual(edits(swapped), []);
  });
});
