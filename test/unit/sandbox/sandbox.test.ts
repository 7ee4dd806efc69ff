import assert from 'node:assert/strict';
import { createSandbox, type Sandbox } from '../../../src/sandbox/sandbox';

const base = 'https://sandbox.invalid';
const mediaType = 'application/vnd.api+json';

// biome-ignore lint/suspicious/noExplicitAny: the tests read documents of many shapes
type Body = any;

describe('the sandbox', () => {
  let sandbox: Sandbox;
  let contacts: string;
  let organisations: Body[];

  const send = async (path: string, init: RequestInit = {}) => {
    const headers = { 'X-Session-Token': sandbox.token, ...init.headers };
    const response = await sandbox.fetch(new Request(`${base}${path}`, { ...init, headers }));
    const body: Body = await response.json();
    return { status: response.status, headers: response.headers, body };
  };
  const put = (path: string, body: unknown, type = mediaType) =>
    send(path, { method: 'PUT', body: JSON.stringify(body), headers: { 'Content-Type': type } });

  beforeEach(async () => {
    sandbox = createSandbox({ contacts: 230 });
    organisations = (await send('/v3/orgs')).body.data;
    contacts = `/v3/orgs/${organisations[2].id}/customers/contacts`;
  });
  const some = async (n = 0) => (await send(`${contacts}?limit=1&offset=${n}`)).body.data[0];

  it('lets nobody in without its token', async () => {
    for (const headers of [{}, { 'X-Session-Token': 'no' }, { Authorization: 'Bearer no' }]) {
      const response = await sandbox.fetch(new Request(`${base}/v3/orgs`, { headers }));
      assert.equal(response.status, 401);
      assert.equal(((await response.json()) as Body).errors[0].status, '401');
    }
    const bearer = { Authorization: `Bearer ${sandbox.token}` };
    assert.equal((await sandbox.fetch(new Request(`${base}/v3/orgs`, { headers: bearer }))).status, 200);
  });

  it('has three organisations of about 25, 400 and as many contacts as asked', async () => {
    const totals = [];
    for (const { id } of organisations) {
      totals.push(
        (await send(`/v3/orgs/${id}/customers/contacts?limit=1`)).body.meta.pagination.counts.resources,
      );
    }
    assert.deepEqual(totals, [25, 400, 230]);
  });

  it('gives every contact once over its pages, and says where the next page begins', async () => {
    const ids = new Set<string>();
    let offset: number | null = 0;
    for (; offset !== null; ) {
      const { data, meta }: Body = (await send(`${contacts}?limit=100&offset=${offset}`)).body;
      for (const { id } of data) ids.add(id);
      offset = meta.pagination.offsets.next;
    }
    assert.equal(ids.size, 230);
  });

  it('is the same each time', async () => {
    const one = await some(77);
    sandbox = createSandbox({ contacts: 230 });
    assert.deepEqual(await some(77), one);
  });

  it('starts with 100,000 contacts as fast as with ten', async () => {
    sandbox = createSandbox({ contacts: 100_000 });
    const { data, meta } = (await send(`${contacts}?limit=100&offset=99900`)).body;
    assert.equal(data.length, 100);
    assert.equal(meta.pagination.offsets.next, null);
  });

  it('includes what is asked for, nested too, and refuses what it does not have', async () => {
    const { id, relationships } = await some(4);
    const { body } = await send(
      `${contacts}/${id}?include=author,accounts,interactions,organisation,accounts.properties`,
    );
    const types = new Set(body.included.map(({ type }: Body) => type));
    assert.deepEqual([...types].sort(), [
      'customer-accounts',
      'customer-interactions',
      'organisations',
      'properties',
      'users',
    ]);
    const interactions = body.included.filter(({ type }: Body) => type === 'customer-interactions');
    assert.equal(interactions.length, relationships.interactions.data.length);
    assert.equal(interactions.length, 200);
    const refused = await send(`${contacts}/${id}?include=secrets`);
    assert.deepEqual([refused.status, refused.body.source], [400, { parameter: 'include' }]);
  });

  it('sorts by what it advertises, by nothing else', async () => {
    const { data, meta } = (await send(`${contacts}?sort=-last_name&limit=230`)).body;
    assert.ok(meta.features.params.sort.options.includes('last_name'));
    const names = data.map(({ attributes }: Body) => attributes.last_name ?? '');
    assert.deepEqual(names, names.toSorted(new Intl.Collator('en').compare).toReversed());
    assert.equal((await send(`${contacts}?sort=shoe_size`)).status, 400);
    assert.equal((await send(`${contacts}?limit=0`)).body.source.parameter, 'limit');
  });

  it('a PUT replaces the attributes, tidies them, and moves the times', async () => {
    const { id, type, meta } = await some();
    const path = `${contacts}/${id}`;
    const attributes = { first_name: ' Ada ', email: 'ada@EXAMPLE.org', shoe_size: 7 };
    const { status, body } = await put(path, { data: { id, type, attributes } });
    assert.equal(status, 200);
    assert.deepEqual(body.data.attributes, { first_name: 'Ada', email: 'ada@example.org', shoe_size: 7 });
    assert.ok(body.data.meta.modified_at > meta.modified_at);
    assert.deepEqual((await send(path)).body.data, body.data);
  });

  it('refuses a PUT as the documentation says', async () => {
    const { id, type, attributes } = await some();
    const path = `${contacts}/${id}`;
    const before = (await send(path)).body.data;
    const bad = (changed: object) =>
      put(path, { data: { id, type, attributes: { ...attributes, ...changed } } });
    const email = await bad({ email: 'nobody' });
    assert.deepEqual(email.body.errors[0], {
      detail: 'email is not valid',
      meta: { field: 'email', type: 'email', value: 'nobody' },
      status: '400',
      title: 'The request body is not valid',
    });
    assert.equal((await bad({ last_name: 'x'.repeat(300) })).body.errors[0].meta.field, 'last_name');
    assert.equal((await put(path, { data: { id, type } })).body.errors[0].detail, 'attributes is required');
    assert.equal((await put(path, 'nonsense')).status, 400);
    assert.equal((await put(path, { data: { id: 'other', type, attributes } })).status, 409);
    assert.equal((await put(path, { data: { id, type, attributes } }, 'application/json')).status, 415);
    assert.deepEqual((await send(path)).body.data, before, 'nothing was changed');
  });

  it('answers 404 for what it does not have, and always with a trace id', async () => {
    for (const path of ['/v3/nothing', '/v3/orgs/no', `${contacts}/no`]) {
      const { status, headers } = await send(path);
      assert.equal(status, 404, path);
      assert.match(headers.get('x-trace-id') ?? '', /^sandbox-\d+$/);
    }
  });

  it('answers 405 for a method that a resource does not have, and names those that it has', async () => {
    const { id } = await some();
    for (const [method, path, allowed] of [
      ['PATCH', `${contacts}/${id}`, 'GET, HEAD, PUT'],
      ['DELETE', '/v3/orgs', 'GET, HEAD'],
      ['GET', contacts.replace(/contacts$/, `accounts/${id}/relationships/contacts`), 'POST'],
    ] as const) {
      const { status, headers, body } = await send(path, { method });
      assert.deepEqual([status, headers.get('allow'), body.errors[0].status], [405, allowed, '405'], path);
      assert.match(headers.get('x-trace-id') ?? '', /^sandbox-\d+$/);
    }
    assert.equal((await sandbox.fetch(new Request(base, { method: 'DELETE' }))).status, 401);
  });

  it('reads a query and an id in their percent-encoded form', async () => {
    const { id, meta } = await some(3);
    assert.equal((await send(`/v3/audit-events?filter%5Bresource.id%5D=${id}`)).body.data.length, 2);
    assert.equal((await send(`${contacts}?sort=%2Dlast_name&limit=1`)).status, 200);
    const encoded = `%${id.charCodeAt(0).toString(16)}${id.slice(1)}`;
    assert.deepEqual((await send(`${contacts}/${encoded}`)).body.data.meta, meta);
  });

  it('has accounts, interactions, members, and somebody who is asking', async () => {
    const org = `/v3/orgs/${organisations[0].id}`;
    for (const path of ['customers/accounts', 'customers/interactions', 'iam/members']) {
      assert.ok((await send(`${org}/${path}`)).body.data.length > 0, path);
    }
    const [account] = (await send(`${org}/customers/accounts`)).body.data;
    assert.equal(account.attributes, undefined);
    assert.equal((await send(`${org}/customers/accounts/${account.id}`)).body.data.id, account.id);
    assert.equal((await send('/v3/whoami')).body.data.type, 'users');
  });

  it('has people without a name, an e-mail address or a telephone number', async () => {
    const { data } = (await send(`${contacts}?limit=230`)).body;
    for (const field of ['first_name', 'email', 'telephone']) {
      assert.ok(
        data.some(({ attributes }: Body) => !attributes[field]),
        field,
      );
    }
  });

  it('has for the tour a contact that a colleague changes between two readings, at most every half minute', async () => {
    let now = 1_000_000;
    const touring = createSandbox({ tour: true, now: () => now });
    const headers = { 'X-Session-Token': touring.token };
    const read = async (path: string) =>
      (await (await touring.fetch(new Request(`https://x${path}`, { headers }))).json()).data;
    const [organisation] = await read('/v3/orgs');
    const contacts = `/v3/orgs/${organisation.id}/customers/contacts`;
    const all: {
      id: string;
      attributes: Record<string, string>;
      relationships: { interactions: { data: readonly unknown[] } };
    }[] = await read(contacts);
    const clare = all.find(({ attributes }) => attributes.first_name === 'Clashing Clare');
    const readings: string[] = [];
    const readClare = async () =>
      readings.push((await read(`${contacts}/${clare?.id}`)).attributes.telephone);
    for (let n = 0; n < 3; n++) await readClare();
    assert.notEqual(readings[0], readings[1]);
    assert.equal(readings[1], readings[2]);
    for (let n = 0; n < 4; n++) {
      now += 30_000;
      await readClare();
    }
    await readClare();
    assert.equal(new Set(readings.slice(2)).size, 5, 'a number that came back would be no conflict');
    assert.ok(all.some(({ attributes }) => attributes.first_name?.startsWith('<img')));
    assert.ok(all.some(({ attributes }) => !attributes.first_name && !attributes.last_name));
    assert.ok(all.some(({ relationships }) => relationships.interactions.data.length === 200));
  });

  const post = (path: string, body: unknown) =>
    send(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': mediaType } });

  it('takes an interaction, shows it with its contact, and takes a change of its notes', async () => {
    const contact = await some();
    const organisation = `/v3/orgs/${organisations[2].id}/customers`;
    const attributes = {
      method: 'sms',
      direction: 'outbound',
      date_time: '2026-01-01T00:00:00Z',
      contacted: false,
      notes: 'New',
    };
    const relationships = { contact: { data: { type: contact.type, id: contact.id } } };
    const made = await post(`${organisation}/interactions`, {
      data: { type: 'customer-interactions', attributes, relationships },
    });
    assert.equal(made.status, 201);
    const { id, type } = made.body.data;
    const { body } = await send(`${contacts}/${contact.id}?include=interactions`);
    assert.equal(body.included.find((one: Body) => one.id === id).attributes.notes, 'New');
    const changed = { id, type, attributes: { ...attributes, notes: 'Changed' } };
    assert.equal((await put(`${organisation}/interactions/${id}`, { data: changed })).status, 200);
    assert.equal((await send(`${organisation}/interactions/${id}`)).body.data.attributes.notes, 'Changed');
    for (const wrong of [{ method: 'pigeon' }, { date_time: 'soon' }, { notes: 'x'.repeat(2001) }]) {
      const refused = await post(`${organisation}/interactions`, {
        data: { type, attributes: { ...attributes, ...wrong }, relationships },
      });
      assert.deepEqual([refused.status, refused.body.errors[0].meta.field], [400, Object.keys(wrong)[0]]);
    }
  });

  it('adds a contact to an account, once, on both sides', async () => {
    const [contact, other] = [await some(0), await some(8)];
    const account = other.relationships.accounts.data[0].id;
    const path = `/v3/orgs/${organisations[2].id}/customers/accounts/${account}`;
    const data = [{ id: contact.id, type: contact.type }];
    for (let n = 0; n < 2; n++) {
      const response = await sandbox.fetch(
        new Request(`${base}${path}/relationships/contacts`, {
          method: 'POST',
          body: JSON.stringify({ data }),
          headers: { 'X-Session-Token': sandbox.token, 'Content-Type': mediaType },
        }),
      );
      assert.equal(response.status, 204);
    }
    const { body } = await send(`${path}?include=contacts,properties`);
    assert.equal(body.data.relationships.contacts.data.length, 3);
    assert.equal(body.included.length, 4);
    assert.equal((await send(`${contacts}/${contact.id}`)).body.data.relationships.accounts.data.length, 2);
  });

  it('tells who changed a contact, or that nobody may know', async () => {
    const contact = await some();
    const attributes = { ...contact.attributes, last_name: 'Newname' };
    await put(`${contacts}/${contact.id}`, { data: { id: contact.id, type: contact.type, attributes } });
    const { body } = await send(`/v3/audit-events?limit=10&sort=-time&filter[resource.id]=${contact.id}`);
    assert.deepEqual(
      body.data.map((one: Body) => one.attributes.operation),
      ['update', 'update', 'create'],
    );
    assert.equal(body.data[0].attributes.values[0].field, 'last_name');
    sandbox = createSandbox({ contacts: 3, history: false });
    assert.equal((await send('/v3/audit-events')).status, 403);
  });
});
