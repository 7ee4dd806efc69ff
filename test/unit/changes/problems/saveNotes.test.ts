import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/api/http/errors';
import { saveText } from '../../../../src/changes/problems/problemTexts';
import { saveNotes, wordsWithoutValues } from '../../../../src/changes/problems/saveNotes';
import { contactParser } from '../../../../src/changes/text/parse';
import { writeContacts } from '../../../../src/changes/text/write';
import type { ContactSaveState } from '../../../../src/contacts/saving/contactSaveState';
import type { FieldName } from '../../../../src/protocol/fields';

const ref = { organisationId: 'o', contactId: '12345678-0000' };
const values = { first_name: 'Ann', last_name: 'Lee', email: 'ann@example.org', telephone: '020 7946 0000' };
const text = writeContacts([], [{ ref, title: 'Ann Lee', values }]);

function notes(state: ContactSaveState, conflicts: readonly FieldName[] = []) {
  const saves = { state: () => state, conflicts: () => conflicts.map((field) => ({ field })) };
  return contactParser([ref])(text).blocks.flatMap((block) =>
    saveNotes(block, saves).map((note) => [
      text.split('\n')[note.range.line]?.split(/[: ]/)[0],
      saveText(note, Object.values(values)),
    ]),
  );
}
const refused = (detail: string, field?: string): ContactSaveState => ({
  kind: 'failed',
  sent: {},
  error: new ApiError('invalid', {
    status: 422,
    problems: [{ title: 'Invalid', detail, ...(field && { field }) }],
  }),
});

describe('what became of a save, on the lines of a text', () => {
  it('is told with the server’s words, on the line of the field that they are about', () => {
    assert.deepEqual(notes(refused('Too long', 'email')), [['email', 'Not saved: Too long']]);
    assert.deepEqual(notes(refused('Closed account')), [['[12345678]', 'Not saved: Closed account']]);
    assert.deepEqual(notes({ kind: 'failed', sent: {}, error: new ApiError('server') }), [
      ['[12345678]', 'Not saved: Ctrl Hub reported an internal error. Try again later.'],
    ]);
  });

  it('has no personal values in it', () => {
    for (const words of [
      'ANN@example.org is taken by bob@example.com',
      'The number 020 7946 0000 is not +44 20 7946 0000',
      'Ann Lee exists',
    ]) {
      const [[, message] = []] = notes(refused(words));
      assert.doesNotMatch(String(message), /ann|lee|bob|\d{3}/i);
      assert.match(String(message), /…/);
    }
  });

  it('has no value in it that was refused and is not on the line any more', () => {
    const state = refused('Bartholomew is too long', 'first_name');
    const [[, message] = []] = notes({ ...state, sent: { first_name: 'Bartholomew' } } as ContactSaveState);
    assert.equal(message, 'Not saved: … is too long');
  });

  it('keeps words that only contain a value', () => {
    const error = (detail: string) => new ApiError('invalid', { problems: [{ title: 'Invalid', detail }] });
    const words = 'This value cannot be changed';
    assert.deepEqual(wordsWithoutValues(error(words), ['Ann', 'Lee']), [words]);
    assert.deepEqual(wordsWithoutValues(error('田中太郎は長すぎます'), ['田中太郎']), ['…は長すぎます']);
    for (const value of ['Ng', 'Smith-Jones', 'a/b (c) [d] {e} *+?^$|.\\', 'O’Neil', 'Åsa'])
      assert.deepEqual(wordsWithoutValues(error(`No ${value} here`), [value]), ['No … here']);
  });

  it('is on each field in conflict, and on those that Ctrl Hub kept', () => {
    assert.deepEqual(
      notes({ kind: 'conflict' }, ['email', 'telephone']).map(([line]) => line),
      ['email', 'telephone'],
    );
    assert.deepEqual(
      notes({ kind: 'ignored', fields: ['last_name'] }).map(([line]) => line),
      ['last_name'],
    );
    assert.equal(notes({ kind: 'unknown', error: undefined }).length, 1);
    assert.deepEqual(notes({ kind: 'idle' }), []);
  });
});
