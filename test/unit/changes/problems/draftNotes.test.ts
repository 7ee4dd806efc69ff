import assert from 'node:assert/strict';
import { draftNotes } from '../../../../src/changes/problems/draftNotes';
import { contactParser } from '../../../../src/changes/text/parse';
import { writeContacts } from '../../../../src/changes/text/write';
import { type Draft, newDraft } from '../../../../src/contacts/drafts/draft';

const ref = { organisationId: 'o', contactId: '12345678-0000' };
const values = { first_name: 'Ann', last_name: 'Lee', email: 'new@example.org', telephone: '42' };
const proposed: Draft = {
  ...newDraft(),
  edits: { email: 'new@example.org', telephone: '42' },
  base: { email: 'ann@example.org', telephone: '' },
  proposed: ['email'],
};

function notes(draft: Draft | undefined, change = (text: string) => text) {
  const text = change(writeContacts([], [{ ref, title: 'Ann Lee', values }]));
  return contactParser([ref])(text).blocks.flatMap((block) =>
    draftNotes(block, () => draft).map((note) => [
      note.kind,
      note.line.field,
      'text' in note ? note.text : '',
    ]),
  );
}

describe('the notes on the lines of a text', () => {
  it('say which values an assistant proposed, until somebody types there', () => {
    assert.deepEqual(notes(proposed), [['proposed', 'email', '']]);
    assert.deepEqual(
      notes(proposed, (text) => text.replace('new@example.org', 'newer@example.org')),
      [],
    );
    assert.deepEqual(notes({ ...proposed, proposed: [] }), []);
    assert.deepEqual(notes(undefined), []);
  });

  it('say where another window had another text', () => {
    const others = [
      { field: 'telephone', text: '43' },
      { field: 'last_name', text: 'Lee' },
    ] as const;
    assert.deepEqual(notes({ ...newDraft(), others }), [['otherText', 'telephone', '43']]);
  });

  it('are not on lines that cannot be read', () => {
    assert.deepEqual(
      notes(proposed, (text) => text.replace('[', '[x')),
      [],
    );
  });
});
