import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { resourceSchema } from '../../../../src/api/http/document';
import { afterUpdate, changesOf, toUpdate } from '../../../../src/contacts/model/update';

const raw = `{"id":"c1","type":"people","attributes":{"salutation":null,"first_name":"Ada","last_name":"Byron",
 "email":null,"telephone":"1","preferences":{"quiet":[1,2]},"__proto__":{"x":1},"constructor":"c"},
 "meta":{"revision":7},"relationships":{"accounts":{"data":[]}},"links":{"self":"/x"}}`;
const resource = z.parse(resourceSchema, JSON.parse(raw));

describe('toUpdate', () => {
  it('sends every attribute, known or not, and replaces only what was edited', () => {
    const update = toUpdate(resource, { last_name: 'Lovelace' });
    const wanted = JSON.parse(raw);
    wanted.attributes.last_name = 'Lovelace';
    assert.equal(
      JSON.stringify(update),
      JSON.stringify({ id: 'c1', type: 'people', attributes: wanted.attributes }),
    );
  });

  it('keeps null for a field that was left alone, and sends "" for one that was emptied', () => {
    assert.equal(toUpdate(resource, { first_name: '' }).attributes.first_name, '');
    assert.equal(toUpdate(resource, { email: '' }).attributes.email, null);
  });
});

describe('changesOf', () => {
  it('counts a value typed and typed back as no change', () => {
    assert.deepEqual(changesOf(resource, { first_name: 'Ada', email: '', telephone: '2' }), {
      telephone: '2',
    });
  });
});

describe('afterUpdate', () => {
  const before = { resource, included: [{ id: 'a', type: 'accounts', attributes: { name: 'Old' } }] };

  it('takes what the API answered, and keeps what the answer leaves out', () => {
    const answer = z.parse(resourceSchema, {
      id: 'c1',
      type: 'people',
      attributes: { first_name: 'Ada', last_name: 'LOVELACE', email: null, telephone: '1' },
      meta: { updated_at: '2026-01-01T00:00:00Z' },
      relationships: { author: { data: null } },
    });
    const { resource: after, included } = afterUpdate(before, { resource: answer, included: [] });
    assert.equal(after.attributes?.last_name, 'LOVELACE');
    assert.deepEqual(after.attributes?.preferences, { quiet: [1, 2] });
    assert.deepEqual(after.meta, { revision: 7, updated_at: '2026-01-01T00:00:00Z' });
    assert.deepEqual(after.relationships, { author: { data: null } });
    assert.deepEqual(included, before.included);
  });
});
