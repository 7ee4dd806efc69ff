import assert from 'node:assert/strict';
import { ContactText } from '../../../../src/changes/document/contactText';
import { leftAlone, removedLines } from '../../../../src/changes/text/removedLines';
import { writeContacts } from '../../../../src/changes/text/write';
import { keyOf, type Values } from '../../../../src/contacts/model/contact';

const ref = { organisationId: 'o', contactId: '0a9c0e00-0000' };
const values: Values = { first_name: 'Ann', last_name: 'Lee', email: 'old@x.org', telephone: '' };

describe('a line that was removed from two texts', () => {
  const open = () => {
    const contacts = [{ ref, title: 'Ann Lee', values }];
    const seen = new Map([[keyOf(ref), values]]);
    return new ContactText({
      origin: 'o',
      contacts,
      text: writeContacts([], contacts),
      seen,
      bases: seen,
    });
  };
  const remove = (text: ContactText) => text.accept(text.text.replace(/first_name.*\n/, ''));

  it('is left alone, also where one of them had an older value', () => {
    const [one, two] = [open(), open()];
    remove(two);
    one.accept(one.text.replace('first_name: Ann', 'first_name: Anna'));
    two.update([ref], () => ({ values, edits: { first_name: 'Anna' } }));
    assert.deepEqual(removedLines([one, two]).get(keyOf(ref)), undefined);
    remove(one);
    for (const texts of [
      [one, two],
      [two, one],
    ])
      assert.deepEqual(leftAlone(removedLines(texts).get(keyOf(ref)), { first_name: 'Anna' }), [
        'first_name',
      ]);
  });
});
