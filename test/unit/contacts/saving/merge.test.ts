import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { resourceSchema } from '../../../../src/api/http/document';
import { type Draft, newDraft, withChoice, withEdit } from '../../../../src/contacts/drafts/draft';
import { fieldNames, type Values, valuesOf } from '../../../../src/contacts/model/contact';
import { toUpdate } from '../../../../src/contacts/model/update';
import { changedAttributes, merge } from '../../../../src/contacts/saving/merge';
import type { FieldName } from '../../../../src/protocol/fields';

// There are few values, so that both sides often choose the same one.
const value = fc.constantFrom('', 'Ada', 'Ada ', 'Bo', 'ß', 'Åsa', '07700 900123');
const values: fc.Arbitrary<Values> = fc.record({
  first_name: value,
  last_name: value,
  email: value,
  telephone: value,
});
const edits = fc.array(fc.tuple(fc.constantFrom(...fieldNames), value), { maxLength: 8 });

/** Makes a draft based on `base`, with edits in any order. */
function type(base: Values, typed: readonly (readonly [FieldName, string])[]): Draft {
  return typed.reduce((draft, [field, text]) => withEdit(draft, field, text, base[field]), newDraft());
}

const apply = (latest: Values, sent: Partial<Values>): Values => ({ ...latest, ...sent });

describe('merge, for any base, mine and theirs', () => {
  it('tells of every field that both changed to different values, and of no other', () => {
    fc.assert(
      fc.property(values, edits, values, (base, typed, latest) => {
        const draft = type(base, typed);
        const { conflicts } = merge(draft.base, draft.edits, latest);
        for (const field of fieldNames) {
          const mine = draft.edits[field] ?? base[field];
          const both = mine !== base[field] && latest[field] !== base[field] && mine !== latest[field];
          assert.equal(
            conflicts.some((conflict) => conflict.field === field),
            both,
            field,
          );
        }
      }),
    );
  });

  it('loses no change of either side: without a conflict each field is mine where I changed it, else theirs', () => {
    fc.assert(
      fc.property(values, edits, values, (base, typed, latest) => {
        const draft = type(base, typed);
        const { edits: sent, conflicts } = merge(draft.base, draft.edits, latest);
        const result = apply(latest, sent);
        for (const field of fieldNames) {
          if (conflicts.some((conflict) => conflict.field === field)) {
            assert.equal(result[field], latest[field], 'a conflict sends nothing');
            continue;
          }
          const mine = draft.edits[field] ?? base[field];
          assert.equal(result[field], mine === base[field] ? latest[field] : mine, field);
        }
      }),
    );
  });

  it('merging twice changes nothing', () => {
    fc.assert(
      fc.property(values, edits, values, (base, typed, latest) => {
        const draft = type(base, typed);
        const once = merge(draft.base, draft.edits, latest);
        const result = apply(latest, once.edits);
        const twice = merge(draft.base, draft.edits, result);
        assert.deepEqual(apply(result, twice.edits), result);
        assert.deepEqual(twice.conflicts, once.conflicts);
      }),
    );
  });

  it('after a choice for each conflict there is none, and what was chosen is what is sent', () => {
    const choice = fc.constantFrom('mine', 'theirs', 'other');
    fc.assert(
      fc.property(
        values,
        edits,
        values,
        fc.array(choice, { minLength: 4, maxLength: 4 }),
        (base, typed, latest, choices) => {
          let draft = type(base, typed);
          const { conflicts } = merge(draft.base, draft.edits, latest);
          const chosen = new Map<FieldName, string>();
          conflicts.forEach(({ field, mine, theirs }, n) => {
            const picked = { mine, theirs, other: 'a third value' }[choices[n] ?? 'mine'];
            chosen.set(field, picked);
            draft = withChoice(draft, field, picked, theirs);
          });
          const after = merge(draft.base, draft.edits, latest);
          assert.deepEqual(after.conflicts, []);
          const result = apply(latest, after.edits);
          for (const [field, picked] of chosen) assert.equal(result[field], picked);
        },
      ),
    );
  });
});

describe('what a merge sends', () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  const attributes = fc.dictionary(fc.string({ minLength: 1 }), json);

  it('passes through everything it does not know, as the API has it now', () => {
    fc.assert(
      fc.property(attributes, values, edits, (unknown, base, typed) => {
        const latest = z.parse(resourceSchema, { id: 'c', type: 't', attributes: { ...unknown, ...base } });
        const draft = type(base, typed);
        const sent = toUpdate(latest, merge(draft.base, draft.edits, valuesOf(latest)).edits);
        for (const [name, was] of Object.entries(latest.attributes ?? {})) {
          if (fieldNames.some((field) => field === name)) continue;
          assert.deepEqual(sent.attributes[name], was);
        }
        assert.deepEqual(Object.keys(sent.attributes), Object.keys(latest.attributes ?? {}));
      }),
    );
  });

  it('names what differs between two readings', () => {
    const one = z.parse(resourceSchema, { id: 'c', type: 't', attributes: { a: 1, b: { x: [1] }, c: 'c' } });
    const two = z.parse(resourceSchema, { id: 'c', type: 't', attributes: { a: 1, b: { x: [2] }, d: null } });
    assert.deepEqual(changedAttributes(one, two), ['b', 'd', 'c']);
  });
});
