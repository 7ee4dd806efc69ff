import assert from 'node:assert/strict';
import { ContactText } from '../../../../src/changes/document/contactText';
import { writeContacts } from '../../../../src/changes/text/write';
import { keyOf, type Values } from '../../../../src/contacts/model/contact';

const ref = { organisationId: 'o', contactId: '0a9c0e00-0000' };
const values: Values = { first_name: 'Ann', last_name: 'Lee', email: 'old@x.org', telephone: '' };

function begin() {
  const contacts = [{ ref, title: 'Ann Lee', values }];
  const seen = new Map([[keyOf(ref), values]]);
  const text = new ContactText({
    origin: 'o',
    contacts,
    text: writeContacts([], contacts),
    seen,
    bases: seen,
  });
  /** The store has newer values, and VS Code shows them later. */
  const update = (now: Partial<Values>, edits: Partial<Values> = {}) =>
    text.update([ref], () => ({ values: { ...values, ...now }, edits }));
  return { text, update };
}

describe('a text that VS Code has not loaded again yet', () => {
  it('tells what was on screen when somebody typed over it, so that the text of a panel is kept', () => {
    const { text, update } = begin();
    const onScreen = text.text;
    update({}, { email: 'panel@x.org' });
    const [edit] = text.accept(onScreen.replace('old@x.org', 'mine@x.org'));
    assert.deepEqual([edit?.value, edit?.before], ['mine@x.org', 'old@x.org']);
  });

  it('bases an edit on the value on screen, so that a colleague is not overwritten without a question', () => {
    const { text, update } = begin();
    const onScreen = text.text;
    update({ email: 'colleague@x.org' });
    const [edit] = text.accept(onScreen.replace('old@x.org', 'mine@x.org'));
    assert.deepEqual([edit?.value, edit?.base], ['mine@x.org', 'old@x.org']);
  });

  it('takes no line for typed that VS Code loaded one update too early', () => {
    const { text, update } = begin();
    update({}, { email: 'p@x.org' });
    const onScreen = text.text;
    update({}, { email: 'pa@x.org' });
    // VS Code shows the first of two updates.
    text.confirm(onScreen);
    const edits = text.accept(onScreen.replace('first_name: Ann', 'first_name: Anna'));
    assert.deepEqual(
      edits.map(({ field, value }) => [field, value]),
      [['first_name', 'Anna']],
    );
  });

  it('is brought up to date on screen, too, once somebody types', () => {
    const { text, update } = begin();
    const onScreen = text.text;
    update({}, { email: 'panel@x.org' });
    const typed = onScreen.replace('first_name: Ann', 'first_name: Anna');
    const known = () => ({ values, edits: { email: 'panel@x.org' } });
    const lines = text.outdatedIn(text.read(typed), [ref], known);
    assert.deepEqual(
      lines.map(({ field, value }) => [field, value]),
      [['email', 'panel@x.org']],
    );
    text.renewed(lines);
    const saved = typed.replace('old@x.org', 'panel@x.org');
    assert.deepEqual(
      text.accept(saved).map(({ field, value }) => [field, value]),
      [['first_name', 'Anna']],
    );
  });

  it('follows a panel that types on while VS Code has one text to load', () => {
    const { text, update } = begin();
    let typed = text.text.replace('first_name: Ann', 'first_name: Anna');
    update({}, { email: 'p1@x.org' });
    for (const email of ['p2@x.org', 'p3@x.org']) {
      const lines = text.outdatedIn(text.read(typed), [ref], () => ({ values, edits: { email } }));
      for (const { before, value } of lines) typed = typed.replace(`email: ${before}`, `email: ${value}`);
      text.renewed(lines);
    }
    assert.match(typed, /p3@x\.org/);
    assert.deepEqual(
      text.accept(typed).map(({ field, value }) => [field, value]),
      [['first_name', 'Anna']],
    );
  });

  it('takes no line for typed that was renewed since VS Code took the text to save', () => {
    const { text } = begin();
    const taken = text.text.replace('first_name: Ann', 'first_name: Anna');
    const known = () => ({ values: { ...values, email: 'colleague@x.org' }, edits: {} });
    const screen = taken.replace('old@x.org', 'colleague@x.org');
    text.renewed(text.outdatedIn(text.read(taken), [ref], known));
    const fields = (edits: readonly { readonly field: string }[]) => edits.map(({ field }) => field);
    assert.deepEqual(fields(text.accept(taken, screen)), ['first_name']);
    assert.deepEqual(fields(text.accept(screen)), []);
    // Somebody types the old value again.
    assert.deepEqual(fields(text.accept(taken)), ['email']);
  });

  for (const [what, screenOf] of [
    ['renewed', (taken: string) => taken.replace('old@x.org', 'colleague@x.org')],
    ['typed back', (taken: string) => taken.replace('mine@x.org', 'old@x.org')],
  ] as const)
    it(`has no value in its file that was ${what} since VS Code took the text to save`, () => {
      const { text } = begin();
      const typed = text.text.replace('first_name: Ann', 'first_name: Anna');
      const taken = what === 'renewed' ? typed : typed.replace('old@x.org', 'mine@x.org');
      const known = () => ({ values: { ...values, email: 'colleague@x.org' }, edits: {} });
      if (what === 'renewed') text.renewed(text.outdatedIn(text.read(taken), [ref], known));
      text.accept(taken, screenOf(taken));
      // The person takes the file again by Revert File, and goes on.
      const read = text.text;
      assert.equal(read, screenOf(taken));
      text.confirm(read);
      assert.deepEqual(
        text.accept(read.replace('last_name: Lee', 'last_name: Leigh')).map(({ field }) => field),
        ['last_name'],
      );
    });
});
