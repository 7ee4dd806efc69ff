import assert from 'node:assert/strict';
import type { Resource } from '../../../../src/api/http/document';
import type { LeftRow } from '../../../../src/changes/file/fileUpdate';
import { fieldsInScope } from '../../../../src/changes/review/fieldsInScope';
import { planSources } from '../../../../src/changes/review/readContacts';
import { ReviewModel } from '../../../../src/changes/review/reviewModel';
import type { FileScope } from '../../../../src/changes/review/reviewScope';
import { skippedOf, skippedRef } from '../../../../src/changes/review/reviewState';
import type { Draft } from '../../../../src/contacts/drafts/draft';
import { hostileStrings } from '../../../support/hostileStrings';

const origin = 'https://api.test';
const ref = { organisationId: 'o', contactId: 'c1' };
const file = (left: readonly LeftRow[], more: Partial<FileScope> = {}): FileScope => ({
  name: 'contacts.csv',
  matched: [],
  left,
  unchanged: 0,
  isIncomplete: false,
  discard: () => undefined,
  ...more,
});
const shown = (scope: FileScope) => skippedOf(ReviewModel.of(origin, [], { file: scope }));

describe('the rows of a file that are left out', () => {
  it('are listed by reason, with row, contact and value, and lead to the contact', () => {
    const scope = file(
      [
        { row: 3, reason: 'lost', ref, text: 'Ada Byron', field: 'telephone', value: '4.47E+11' },
        { row: 5, reason: 'unknownEmail', text: 'Zoë · z@example.org' },
        { row: 9, reason: 'unknownEmail', text: '' },
      ],
      { unchanged: 2 },
    );
    assert.deepEqual(shown(scope), [
      {
        reason: 'No contact has this email address · 2 rows',
        contacts: [
          { place: 'Row 5', name: 'Zoë · z@example.org', canOpen: false, fields: '' },
          { place: 'Row 9', name: '', canOpen: false, fields: '' },
        ],
      },
      {
        reason: 'A spreadsheet damaged the number, and it cannot be repaired · 1 row',
        contacts: [{ place: 'Row 3', name: 'Ada Byron', canOpen: true, fields: 'Telephone: 4.47E+11' }],
      },
      { reason: 'Nothing to change: Ctrl Hub has it already · 2 rows', contacts: [] },
    ]);
    const model = ReviewModel.of(origin, [], { file: scope });
    assert.deepEqual(
      [skippedRef(model, 1, 0), skippedRef(model, 0, 0), skippedRef(model, 7, 0)],
      [ref, undefined, undefined],
    );
  });

  it('are all named, also where they are too many for a line each', () => {
    const left = Array.from(
      { length: 700 },
      (_, n): LeftRow => ({ row: n + 2, reason: 'unknownEmail', text: 'x' }),
    );
    const [group] = shown(file([...left, { row: 999, reason: 'unknownEmail', text: 'x' }]));
    assert.equal(group?.reason, 'No contact has this email address · 701 rows');
    assert.equal(group?.contacts.length, 501);
    assert.equal(group?.contacts.at(-1)?.place, 'Rows 502–701, 999');
  });

  it('are one line each, whatever a file holds', () => {
    for (const text of Object.values(hostileStrings)) {
      const [group] = shown(file([{ row: 2, reason: 'typed', ref, text, field: 'email', value: text }]));
      for (const { name, fields } of group?.contacts ?? []) {
        assert.doesNotMatch(name + fields, /[\n\r\u202e\u2028]/);
        assert.ok(name.length <= 400);
      }
    }
  });

  it('limit the plan to the fields that the file sets', () => {
    const resource: Resource = {
      type: 'contacts',
      id: 'c1',
      attributes: { first_name: 'Ada', last_name: 'Byron', email: 'a@example.org', telephone: '1' },
    };
    const draft: Draft = {
      edits: { email: 'new@example.org', telephone: '2' },
      base: { email: 'a@example.org', telephone: '1' },
      since: '2026-01-01T00:00:00Z',
      title: 'Ada Byron',
      organisation: '',
    };
    const account = { origin } as Parameters<typeof planSources>[0]['account'];
    const data = { account, saves: { state: () => ({ kind: 'idle' }) } as never };
    const store = { get: () => draft } as never;
    const sourcesOf = (file?: FileScope) => {
      const scope = { source: file ? 'file' : 'drafts', ...(file && { refs: [ref], file }) } as const;
      return planSources(
        data,
        store,
        [ref],
        [{ kind: 'read', resource }],
        [],
        fieldsInScope(scope, new Map()),
      );
    };
    const scope = file([], { matched: [{ row: 2, ref, values: { email: 'new@example.org' } }] });
    const model = ReviewModel.of(origin, sourcesOf(scope), { file: scope });
    assert.deepEqual(
      model.plan.items.map(({ request }) => request.edits),
      [{ email: 'new@example.org' }],
    );
    assert.deepEqual(
      model.skipped.map(({ reason, fields }) => [reason, fields]),
      [['leftOut', ['telephone']]],
    );
    const whole = ReviewModel.of(origin, sourcesOf());
    assert.deepEqual(
      whole.plan.items.map(({ request }) => request.edits),
      [draft.edits],
    );
  });
});
