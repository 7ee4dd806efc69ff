import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Resource } from '../../../../src/api/http/document';
import { rulesAgainst } from '../../../../src/changes/checks/check';
import { makePlan, type PlanSource } from '../../../../src/changes/plan/makePlan';
import type { MayBeWrong } from '../../../../src/changes/plan/plan';
import { planTexts } from '../../../../src/changes/plan/planTexts';
import { newDraft, withEdit, withProposed, withSent } from '../../../../src/contacts/drafts/draft';
import { contactFields, fieldNames, type Values, valuesOf } from '../../../../src/contacts/model/contact';
import type { Edits } from '../../../../src/contacts/model/update';
import { toOutgoing } from '../../../../src/contacts/saving/outgoing';

const none: Values = { first_name: '', last_name: '', email: '', telephone: '' };

function source(
  n: number,
  now: Edits,
  typed: Edits,
  more: Partial<PlanSource> & { base?: Edits } = {},
): PlanSource {
  const contactId = `${n}`.padStart(8, '0');
  const resource: Resource = {
    id: contactId,
    type: 'contacts',
    attributes: { ...none, ...now, status: 'active' },
  };
  const base: Values = { ...none, ...now, ...more.base };
  const draft = fieldNames.reduce(
    (left, field) => (typed[field] === undefined ? left : withEdit(left, field, typed[field], base[field])),
    newDraft(),
  );
  return {
    ref: { organisationId: '1', contactId },
    title: `Contact ${n}`,
    draft,
    reading: { kind: 'read', resource },
    ...more,
  };
}

const plan = (sources: readonly PlanSource[]) => makePlan('https://api.example', sources);

describe('a plan', () => {
  it('has each change, before and after, and counts what is emptied apart', () => {
    const { items, counts, organisations, skipped } = plan([
      source(
        1,
        { email: 'a@example.org', telephone: '1234567' },
        { email: ' b@example.org ', telephone: '' },
      ),
      source(2, { email: 'c@example.org' }, {}),
      source(3, { email: 'd@example.org' }, { email: 'e@example.org' }),
    ]);
    assert.deepEqual(items[0]?.changes, [
      { field: 'email', before: 'a@example.org', after: 'b@example.org', isEmptied: false },
      { field: 'telephone', before: '1234567', after: '', isEmptied: true },
    ]);
    assert.deepEqual(counts, { email: { changed: 2, emptied: 0 }, telephone: { changed: 1, emptied: 1 } });
    assert.deepEqual(organisations, [{ organisationId: '1', contacts: 2 }]);
    assert.deepEqual(skipped, []);
  });

  it('names what is skipped, and why', () => {
    const typed = { email: 'new@example.org' };
    const now = { email: 'old@example.org', telephone: '1' };
    const sent = source(9, { email: 'NEW@example.org' }, typed, { base: { email: 'old@example.org' } });
    const { items, skipped } = plan([
      source(1, now, typed, { inScope: [] }),
      source(2, now, typed, { inScope: ['telephone'] }),
      source(3, now, { email: 'none' }),
      source(4, now, typed, { base: { email: 'older@example.org' } }),
      source(5, now, typed, { reading: { kind: 'unread' } }),
      source(6, now, typed, { reading: { kind: 'gone' } }),
      source(7, now, typed, { isExcluded: true }),
      source(8, now, typed, { isBusy: true }),
      { ...sent, draft: sent.draft && withSent(sent.draft, typed) },
      source(10, now, { ...typed, telephone: '2' }, { inScope: ['email'] }),
    ]);
    assert.deepEqual(
      skipped.map(({ ref, reason, fields }) => [Number(ref.contactId), reason, ...fields]),
      [
        [1, 'leftOut', 'email'],
        [2, 'leftOut', 'email'],
        [3, 'wrong', 'email'],
        [4, 'conflict', 'email'],
        [5, 'unread'],
        [6, 'gone'],
        [7, 'excluded', 'email'],
        [8, 'busy'],
        [9, 'nothing', 'email'],
        [10, 'leftOut', 'telephone'],
      ],
    );
    assert.deepEqual(
      items.map(({ ref, request }) => [Number(ref.contactId), request.edits]),
      [[10, typed]],
    );
  });

  it('warns about an unusual shape', () => {
    const kinds = (sources: readonly PlanSource[]) => plan(sources).warnings;
    const many = [1, 2, 3, 4];
    assert.deepEqual(
      kinds(many.map((n) => source(n, { email: `${n}@example.org` }, { email: 'same@example.org' }))),
      [{ kind: 'oneValue', field: 'email', contacts: 4 }],
    );
    assert.deepEqual(kinds(many.map((n) => source(n, { telephone: `${n}` }, { telephone: '' }))), [
      { kind: 'emptied', field: 'telephone', contacts: 4 },
    ]);
    assert.deepEqual(
      kinds(
        many.map((n) =>
          source(n, { first_name: `F${n}`, last_name: `L${n}` }, { first_name: `L${n}`, last_name: `F${n}` }),
        ),
      ),
      [{ kind: 'swapped', fields: ['first_name', 'last_name'], contacts: 4 }],
    );
    assert.deepEqual(
      kinds([
        source(1, { email: 'a@b.org' }, { email: 'c@d.org' }),
        source(2, { email: 'c@d.org' }, { email: 'a@b.org' }),
      ]),
      [{ kind: 'moved', field: 'email', contacts: 2 }],
    );
    assert.deepEqual(
      kinds([
        source(1, { first_name: 'Zoë' }, { first_name: 'ZoÃ«' }),
        source(2, { last_name: 'A' }, { last_name: 'B' }),
      ]),
      [{ kind: 'encoding', field: 'first_name', contacts: 1 }],
    );
    assert.deepEqual(kinds(many.map((n) => source(n, { email: `${n}@a.org` }, { email: `${n}@b.org` }))), []);
  });

  it('warns of new values that may be wrong', () => {
    const sources = [
      source(1, { email: 'a@example.org', first_name: 'ANN' }, { email: 'a@example', first_name: 'Ann' }),
      source(2, { email: 'b@example' }, { email: 'b@example.org' }),
      source(3, { email: 'c@example.org' }, { email: '' }),
    ];
    const mayBeWrong: MayBeWrong = (_, field, value) => rulesAgainst(field, value).length > 0;
    const { warnings, items } = makePlan('https://api.example', sources, mayBeWrong);
    assert.deepEqual(warnings, [{ kind: 'mayBeWrong', field: 'email', contacts: 1 }]);
    const marked = items.map(({ changes }) => changes.flatMap((one) => (one.mayBeWrong ? [one.field] : [])));
    assert.deepEqual(marked, [['email'], [], []]);
  });

  it('shows exactly what a save would send, for any drafts and readings', () => {
    const value = fc.constantFrom('', 'Ada', 'Ada ', 'Bo', 'a@example.org', 'A@example.org', 'none');
    const values = fc.record({ first_name: value, last_name: value, email: value, telephone: value });
    const typed = fc.record(
      { first_name: value, last_name: value, email: value, telephone: value },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(values, values, typed, fc.subarray([...fieldNames]), (now, base, edits, inScope) => {
        const one = source(1, now, edits, { base, inScope });
        const { items, skipped } = plan([one]);
        const [item] = items;
        if (one.reading.kind !== 'read') return;
        const { resource } = one.reading;
        if (item === undefined)
          return assert.ok(skipped.length > 0 || Object.keys(one.draft?.edits ?? {}).length === 0);
        const outgoing = toOutgoing(contactFields, { resource, included: [] }, item.request);
        assert.equal(outgoing.kind, 'update');
        if (outgoing.kind !== 'update') return;
        const after = valuesOf({ ...resource, ...outgoing.update });
        const before = valuesOf(resource);
        const sent = fieldNames.filter((field) => after[field] !== before[field]);
        assert.deepEqual(
          item.changes.map(({ field, before: from, after: to }) => [field, from, to]),
          sent.map((field) => [field, before[field], after[field]]),
        );
        for (const field of sent) assert.ok(inScope.includes(field) && edits[field] !== undefined);
        assert.equal(outgoing.update.attributes.status, 'active');
      }),
      { numRuns: 500 },
    );
  });

  it('marks what an assistant proposed', () => {
    const typed = source(1, { email: 'a@b.c' }, { email: 'new@b.c', telephone: '07700 900123' });
    assert.ok(typed.draft);
    const { items } = plan([{ ...typed, draft: withProposed(typed.draft, 'telephone') }]);
    assert.deepEqual(
      items[0]?.changes.map(({ field, isProposed }) => [field, isProposed]),
      [
        ['email', undefined],
        ['telephone', true],
      ],
    );
  });

  it('can be compared as two texts', () => {
    const { before, after } = planTexts(
      plan([
        source(1, { email: 'a@example.org' }, { email: '' }),
        source(2, { first_name: 'A' }, { first_name: 'B\nC' }),
      ]),
    );
    assert.equal(
      before,
      '[00000001] # Contact 1\nemail: a@example.org\n\n[00000002] # Contact 2\nfirst_name: A\n',
    );
    assert.equal(after, '[00000001] # Contact 1\nemail:\n\n[00000002] # Contact 2\nfirst_name: B\\u{A}C\n');
  });

  it('names all fields of a contact of a file that is left out', () => {
    const now = { email: 'a@example.org', telephone: '1234567' };
    const { skipped } = plan([
      source(1, now, { email: 'none', telephone: '2345678' }, { inScope: ['email'] }),
    ]);
    assert.deepEqual(
      skipped.map(({ reason, fields }) => [reason, ...fields]),
      [
        ['wrong', 'email'],
        ['leftOut', 'telephone'],
      ],
    );
  });
});
