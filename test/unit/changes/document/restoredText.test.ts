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
  new ContactText({ origin: 'o', contacts, text: writeContacts([], contacts), seen, bases: seen }, 'A');
/** The text as a window reads it from the disk. */
const reread = (text: ContactText, window = 'A') =>
  new ContactText(parseKept(formatKept(text.toKeep())) ?? assert.fail(), window);
/** The window follows what changed elsewhere, and VS Code shows it. */
const show = (text: ContactText, now: Partial<Values>, edits: Partial<Values> = {}) => {
  text.update([ref], () => ({ values: { ...values, ...now }, edits }));
  text.confirm(text.text);
};

describe('a text with unsaved lines that VS Code restores', () => {
  for (const [what, known] of [
    ['a panel typed in another window', { values, edits: { email: 'panel@x.org' } }],
    ['a colleague saved', { values: { ...values, email: 'colleague@x.org' }, edits: {} }],
  ] as const)
    it(`does not take back what ${what} while this window was closed`, () => {
      // Window A was closed with an unsaved line. VS Code keeps it.
      const unsaved = fresh().text.replace('first_name: Ann', 'first_name: Anna');
      // Window B has the same text open. It follows the change, and stores its text in the same file.
      const inB = reread(fresh(), 'B');
      assert.ok(inB.update([ref], () => known));
      // Window A starts again, and the person saves.
      const edits = reread(inB).accept(unsaved);
      assert.deepEqual(
        edits.map(({ field, value }) => [field, value]),
        [['first_name', 'Anna']],
      );
    });

  it('does not take back what was typed into the text in another window', () => {
    const unsaved = fresh().text.replace('first_name: Ann', 'first_name: Anna');
    const inB = reread(fresh(), 'B');
    inB.accept(inB.text.replace('old@x.org', 'b@x.org'));
    assert.deepEqual(
      reread(inB)
        .accept(unsaved)
        .map(({ field }) => field),
      ['first_name'],
    );
  });

  it('keeps a value that was typed again after its draft was discarded', () => {
    const text = fresh();
    text.accept(text.text.replace('first_name: Ann', 'first_name: Anna'));
    show(text, {});
    const unsaved = text.text.replace('first_name: Ann', 'first_name: Anna');
    assert.deepEqual(
      reread(text)
        .accept(unsaved)
        .map(({ field, value }) => [field, value]),
      [['first_name', 'Anna']],
    );
  });

  it('asks about no value of a colleague that was on screen, and keeps no text of a panel aside', () => {
    for (const [now, edits] of [
      [{ email: 'on-screen@x.org' }, {}],
      [{}, { email: 'on-screen@x.org' }],
    ] as const) {
      const text = fresh();
      show(text, now, edits);
      const [edit] = reread(text).accept(text.text.replace('on-screen@x.org', 'mine@x.org'));
      assert.deepEqual([edit?.value, edit?.before], ['mine@x.org', 'on-screen@x.org']);
      assert.equal(edit?.base, { ...values, ...now }.email);
    }
  });

  it('takes back no change that VS Code had not shown when somebody began to type', () => {
    const text = fresh();
    // The change is stored, and VS Code does not load it any more.
    const unsaved = text.text.replace('first_name: Ann', 'first_name: Anna');
    text.update([ref], () => ({ values: { ...values, email: 'colleague@x.org' }, edits: {} }));
    assert.deepEqual(
      reread(text)
        .accept(unsaved)
        .map(({ field }) => field),
      ['first_name'],
    );
  });
});
