import assert from 'node:assert/strict';
import { ContactText } from '../../../../src/changes/document/contactText';
import { formatKept, parseKept } from '../../../../src/changes/document/keptText';
import { writeContacts } from '../../../../src/changes/text/write';
import { keyOf, type Values } from '../../../../src/contacts/model/contact';

const ref = { organisationId: 'o', contactId: '0a9c0e00-0000' };
const values: Values = { first_name: 'Ann', last_name: 'Lee', email: 'old@x.org', telephone: '' };
const contacts = [{ ref, title: 'Ann Lee', values }];
const seen = new Map([[keyOf(ref), values]]);
const fresh = () =>
  new ContactText({ origin: 'o', contacts, text: writeContacts([], contacts), seen, bases: seen });
const reread = (text: ContactText) => new ContactText(parseKept(formatKept(text.toKeep())) ?? assert.fail());

describe('a text with unsaved lines that VS Code restores', () => {
  for (const [what, known] of [
    ['a panel typed in another window', { values, edits: { email: 'panel@x.org' } }],
    ['a colleague saved', { values: { ...values, email: 'colleague@x.org' }, edits: {} }],
  ] as const)
    it(`does not take back what ${what} while this window was closed`, () => {
      // Window A was closed with an unsaved line. VS Code keeps it.
      const unsaved = fresh().text.replace('first_name: Ann', 'first_name: Anna');
      // Window B has the same text open. It follows the change, and stores its text in the same file.
      const inB = reread(fresh());
      assert.ok(inB.update([ref], () => known));
      // Window A starts again, and the person saves.
      const edits = reread(inB).accept(unsaved);
      assert.deepEqual(
        edits.map(({ field, value }) => [field, value]),
        [['first_name', 'Anna']],
      );
    });
});
