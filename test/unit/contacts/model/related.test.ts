import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { resourceSchema } from '../../../../src/api/http/document';
import { relationshipsOf } from '../../../../src/contacts/model/related';
import { matchOf } from '../../../../src/contacts/saving/interactions/interactionMatch';

const link = (type: string, id: string) => ({ type, id });
const label = (included: object, type = 'x') => {
  const contact = z.parse(resourceSchema, {
    id: 'c',
    type: 'p',
    relationships: { accounts: { data: [link(type, '1')] } },
  });
  const all = [included].flat().map((one) => z.parse(resourceSchema, one));
  return relationshipsOf(contact, all)[0]?.items?.[0]?.label;
};

describe('the label of a related resource', () => {
  it('of an interaction is its date, method, direction and status, whatever its type is called', () => {
    const attributes = {
      date_time: '2024-03-02T10:11:12Z',
      method: 'telephone',
      direction: 'inbound',
      status: 'completed',
    };
    assert.deepEqual(label({ ...link('x', '1'), attributes }), [
      { time: '2024-03-02T10:11:12Z' },
      ' · ',
      { name: 'method', value: 'telephone' },
      ' · ',
      { name: 'direction', value: 'inbound' },
      ' · ',
      { name: 'status', value: 'completed' },
    ]);
  });

  it('of a user is the name in the profile, else the e-mail address', () => {
    const profile = { personal: { first_name: 'Ruth', last_name: 'Author', dob: '1990-01-01' } };
    assert.deepEqual(label({ ...link('x', '1'), attributes: { email: 'r@example.org', profile } }), [
      'Ruth Author',
    ]);
    assert.deepEqual(label({ ...link('x', '1'), attributes: { email: 'r@example.org', profile: {} } }), [
      'r@example.org',
    ]);
  });

  it('of an account without a name is that of its contacts or property', () => {
    const account = {
      ...link('x', '1'),
      relationships: { contacts: { data: [link('p', '2')] }, properties: { data: [link('h', '3')] } },
    };
    const contact = { ...link('p', '2'), attributes: { first_name: 'Gwen', last_name: 'Byrne' } };
    const property = { ...link('h', '3'), attributes: { address: { description: 'House 12' } } };
    assert.deepEqual(label([account, contact, property]), ['Gwen Byrne, House 12']);
  });

  it('is empty for what was not included, or says nothing of itself', () => {
    assert.deepEqual(label(link('y', '1')), []);
    assert.deepEqual(label({ ...link('x', '1'), attributes: { name: ' ', code: null } }), []);
  });
});

describe('what is known of an account without a name', () => {
  it('is how much belongs to it', () => {
    const contact = z.parse(resourceSchema, {
      id: 'c',
      type: 'p',
      relationships: { accounts: { data: [link('x', '1')] } },
    });
    const relationships = {
      author: { data: link('u', '1') },
      contacts: { data: [link('p', 'c'), link('p', 'd')] },
      properties: { data: [] },
    };
    const account = z.parse(resourceSchema, { ...link('x', '1'), relationships });
    assert.deepEqual(relationshipsOf(contact, [account])[0]?.items?.[0]?.counts, [
      { name: 'contacts', count: 2 },
    ]);
  });
});

describe('relationshipsOf', () => {
  const resource = z.parse(resourceSchema, {
    id: 'c',
    type: 'p',
    relationships: {
      author: { data: null },
      accounts: { links: {} },
      billing: { data: link('b', '9') },
      odd: 'what',
    },
  });
  const found = new Map(relationshipsOf(resource, []).map(({ name, items }) => [name, items]));

  it('tells empty from unknown', () => {
    assert.deepEqual(found.get('author'), []);
    assert.equal(found.get('accounts'), undefined);
    assert.equal(found.get('interactions'), undefined);
  });

  it('shows what the documentation does not name, after what it does', () => {
    assert.deepEqual(
      [...found.keys()],
      ['accounts', 'interactions', 'author', 'organisation', 'billing', 'odd'],
    );
    assert.equal(found.get('billing')?.[0]?.id, '9');
    assert.equal(found.get('odd'), undefined);
  });
});

describe('a long list of interactions', () => {
  const ids = Array.from({ length: 30 }, (_, n) => String(n));
  const resource = z.parse(resourceSchema, {
    id: 'c',
    type: 'p',
    relationships: { interactions: { data: ids.map((id) => link('i', id)) } },
  });
  const read = ids.slice(0, 20).map((id, n) =>
    z.parse(resourceSchema, {
      ...link('i', id),
      attributes: { date_time: `2024-01-${10 + n}T00:00:00.123456789Z` },
    }),
  );
  const ask = (shown: number, always: (id: string) => boolean = () => false) =>
    relationshipsOf(resource, read, { shown: () => shown, always }).find(
      ({ name }) => name === 'interactions',
    );

  it('is newest first, with what is not read yet after it, and as long as is looked at', () => {
    assert.deepEqual(
      ask(3)?.items?.map(({ id }) => id),
      ['19', '18', '17'],
    );
    assert.deepEqual([ask(3)?.rest, ask(3)?.more], [27, 0]);
    assert.deepEqual(
      ask(22)
        ?.items?.slice(19)
        .map(({ id }) => id),
      ['0', '20', '21'],
    );
  });

  it('survives a date that is no text', () => {
    const attributes = { date_time: { toString: 1, valueOf: 1 }, method: { toString: 1 } };
    const one = z.parse(resourceSchema, { ...link('i', '1'), attributes });
    const contact = z.parse(resourceSchema, {
      ...link('p', 'c'),
      relationships: { interactions: { data: [link('i', '1')] } },
    });
    const items = relationshipsOf(contact, [one]).find(({ name }) => name === 'interactions')?.items;
    assert.equal(items?.[0]?.id, '1');
    assert.notEqual(matchOf(one, { method: 'email' }), 'same');
  });

  it('goes on to one that is being written', () => {
    assert.equal(ask(3, (id) => id === '12')?.items?.length, 8);
  });
});
