import assert from 'node:assert/strict';
import { ApiClient } from '../../../../src/api/http/client';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { linked } from '../../../../src/contacts/model/related';
import { RelatedStore } from '../../../../src/contacts/related/relatedStore';
import { AccountLinks } from '../../../../src/contacts/saving/accountLinks';
import { clientOf } from '../../../support/apiClient';
import { type ApiServer, startApiServer } from '../../../support/apiServer';
import { asked, type ContactRecord, colleague } from '../../../support/colleague';
import { silentRuntime } from '../../../support/silentLog';
import { until } from '../../../support/until';

describe('related records that are read by id', () => {
  let server: ApiServer;
  let organisationId: string;
  let contacts: readonly ContactRecord[];
  let ids: readonly string[];
  before(async () => {
    server = await startApiServer({ contacts: 30 });
    organisationId = (await colleague(server).organisations())[0]?.id ?? assert.fail();
    contacts = await colleague(server).contacts(organisationId);
    const { data } = await open(4);
    ids = (linked(data.resource, 'interactions') ?? []).map(({ id }) => id);
  });
  after(() => server.stop());
  afterEach(() => {
    server.fault = undefined;
  });
  async function open(n: number) {
    const store = new ContactStore(clientOf(server));
    const ref = { organisationId, contactId: contacts[n]?.id ?? '' };
    const data = await store.load(ref, new AbortController().signal);
    return { store, ref, data };
  }
  const { signal } = new AbortController();
  const loaded = (store: RelatedStore) =>
    ids.filter((id) => store.load(organisationId, 'interactions', id)?.kind === 'loaded').length;

  it('are read four at a time, each once', async () => {
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    // Counts running requests at their start, and responds on demand.
    const client = new ApiClient(
      {
        baseUrl: server.url,
        fetch: async (input, init) => {
          asked.push(String(input));
          await new Promise<void>((resolve) => answers.push(resolve));
          return fetch(input, init);
        },
        authHeaders: async () => ({ 'X-Session-Token': server.token }),
      },
      silentRuntime.log,
    );
    const store = new RelatedStore(client, silentRuntime);
    store.want(organisationId, 'interactions', ids.slice(0, 30), signal);
    store.want(organisationId, 'interactions', ids.slice(0, 30), signal);
    await until('the first', () => answers.length > 0);
    for (let done = 0; done < 30; done++) {
      await until(`answer ${done}`, () => loaded(store) === done && asked.length === Math.min(done + 4, 30));
      assert.ok(answers.length <= 4, `${answers.length} at once`);
      (answers.shift() ?? assert.fail())();
    }
    await until('all of them', () => loaded(store) === 30);
    assert.equal(new Set(asked).size, 30);
    assert.equal(asked.length, 30);
  });

  it('that fail are asked for again only when a person wants it', async () => {
    const store = new RelatedStore(clientOf(server), silentRuntime);
    server.fault = () => ({ status: 500 });
    store.want(organisationId, 'interactions', ids.slice(0, 1), signal);
    const load = () => store.load(organisationId, 'interactions', ids[0] ?? '')?.kind;
    await until('a failure', () => load() === 'failed');
    server.fault = undefined;
    store.want(organisationId, 'interactions', ids.slice(0, 1), signal);
    assert.equal(load(), 'failed');
    store.want(organisationId, 'interactions', ids.slice(0, 1), signal, true);
    await until('it', () => load() === 'loaded');
  });

  it('that nobody looks at any more are not asked for', async () => {
    const store = new RelatedStore(clientOf(server), silentRuntime);
    const abort = new AbortController();
    const start = server.requests.length;
    server.fault = () => ({ delay: 50 });
    store.want(organisationId, 'interactions', ids.slice(0, 30), abort.signal);
    abort.abort();
    await until(
      'none under way',
      () => store.load(organisationId, 'interactions', ids[29] ?? '') === undefined,
    );
    assert.ok(server.requests.length - start <= 4);
    store.want(organisationId, 'interactions', ids.slice(0, 1), signal);
    await until('it', () => loaded(store) === 1);
  });

  it('an account brings its contacts and its property', async () => {
    const store = new RelatedStore(clientOf(server), silentRuntime);
    const { data } = await open(0);
    const [account] = linked(data.resource, 'accounts') ?? [];
    store.want(organisationId, 'accounts', [account?.id ?? ''], signal);
    await until('it', () => store.load(organisationId, 'accounts', account?.id ?? '')?.kind === 'loaded');
    const types = new Set(store.known(organisationId).map(({ type }) => type));
    assert.deepEqual([...types].toSorted(), ['contacts', 'customer-accounts', 'properties']);
  });
});

describe('linking an account', () => {
  let server: ApiServer;
  let organisationId: string;
  let contacts: readonly ContactRecord[];
  before(async () => {
    server = await startApiServer({ contacts: 30 });
    organisationId = (await colleague(server).organisations())[0]?.id ?? assert.fail();
    contacts = await colleague(server).contacts(organisationId);
  });
  after(() => server.stop());
  afterEach(() => {
    server.fault = undefined;
  });
  async function open(n: number) {
    const client = clientOf(server);
    const store = new ContactStore(client);
    const ref = { organisationId, contactId: contacts[n]?.id ?? '' };
    await store.load(ref, new AbortController().signal);
    const accountLinks = new AccountLinks(store, new RelatedStore(client, silentRuntime), silentRuntime);
    const accounts = () =>
      (linked(store.document(ref)?.resource ?? assert.fail(), 'accounts') ?? []).map(({ id }) => id);
    return { ref, accountLinks, accounts, start: server.requests.length };
  }
  const accountOf = async (n: number) => (await open(n)).accounts()[0] ?? assert.fail();

  it('is one POST that adds this contact, and the account is there', async () => {
    const other = await accountOf(6);
    const { ref, accountLinks, accounts, start } = await open(0);
    await accountLinks.link(ref, other);
    assert.equal(accountLinks.state(ref)?.kind, 'done');
    assert.ok(accounts().includes(other) && accounts().length === 2);
    const writes = asked(server, start).filter(({ method }) => method !== 'GET');
    assert.deepEqual(
      writes.map(({ method, path, json }) => ({ method, path, json })),
      [
        {
          method: 'POST',
          path: `/v3/orgs/${organisationId}/customers/accounts/${other}/relationships/contacts`,
          json: { data: [{ id: ref.contactId, type: 'contacts' }] },
        },
      ],
    );
  });

  it('that is refused says so; one whose answer was lost is looked at, not sent again', async () => {
    const other = await accountOf(8);
    const { ref, accountLinks, accounts, start } = await open(2);
    const onPost = (fault: object) => {
      server.fault = ({ method }) => (method === 'POST' ? fault : undefined);
    };
    onPost({ status: 403 });
    await accountLinks.link(ref, other);
    assert.equal(accountLinks.state(ref)?.kind, 'failed');
    onPost({ drop: 'before' });
    await accountLinks.link(ref, other);
    assert.equal(accountLinks.state(ref)?.kind, 'unknown');
    await accountLinks.verify(ref);
    assert.equal(accountLinks.state(ref)?.kind, 'notThere');
    onPost({ drop: 'after', carriedOut: true });
    await accountLinks.link(ref, other);
    const looks = [accountLinks.verify(ref), accountLinks.verify(ref)];
    assert.equal(accountLinks.state(ref)?.kind, 'verifying');
    await Promise.all(looks);
    assert.equal(accountLinks.state(ref)?.kind, 'done');
    assert.ok(accounts().includes(other));
    accountLinks.forgetDone(ref);
    assert.equal(accountLinks.state(ref), undefined);
    assert.equal(asked(server, start).filter(({ method }) => method === 'POST').length, 3);
  });

  it('that Ctrl Hub does not list is as it said, or not known where its answer was lost', async () => {
    const other = await accountOf(8);
    const { ref, accountLinks } = await open(3);
    const data = { id: ref.contactId, type: 'contacts', relationships: { accounts: { links: {} } } };
    const self = { id: ref.contactId, type: 'contacts' };
    server.fault = ({ method }) => ({ body: { data: method === 'GET' ? data : [self] } });
    await accountLinks.link(ref, other);
    assert.equal(accountLinks.state(ref)?.kind, 'done');
    server.fault = ({ method }) => (method === 'GET' ? { body: { data } } : { drop: 'after' });
    await accountLinks.link(ref, other);
    await accountLinks.verify(ref);
    assert.equal(accountLinks.state(ref)?.kind, 'unknown');
  });

  it('is looked at where a success does not show it', async () => {
    const other = await accountOf(9);
    for (const [n, answer, kind] of [
      [10, { status: 200, body: {} }, 'notThere'],
      [11, { status: 200, body: { meta: { queued: false } } }, 'notThere'],
      [12, { status: 204 }, 'notThere'],
      [13, { status: 200, body: {}, carriedOut: true }, 'done'],
      [14, { status: 204, carriedOut: true }, 'done'],
    ] as const) {
      const { ref, accountLinks } = await open(n);
      server.fault = ({ method }) => (method === 'POST' ? answer : undefined);
      await accountLinks.link(ref, other);
      assert.equal(accountLinks.state(ref)?.kind, kind, JSON.stringify(answer));
    }
  });

  it('is looked for in the account where the contact does not list its accounts', async () => {
    const other = await accountOf(9);
    for (const carriedOut of [true, false]) {
      server.fault = undefined;
      const { ref, accountLinks } = await open(carriedOut ? 15 : 16);
      const data = { id: ref.contactId, type: 'contacts', relationships: { accounts: { links: {} } } };
      server.fault = ({ method, path }) =>
        method === 'POST'
          ? { status: 204, carriedOut }
          : path.includes('/contacts/')
            ? { body: { data } }
            : undefined;
      await accountLinks.link(ref, other);
      assert.equal(accountLinks.state(ref)?.kind, carriedOut ? 'done' : 'notThere');
    }
  });

  it('is done where the account is there, whatever errors the answer has', async () => {
    const { ref, accountLinks } = await open(18);
    server.fault = ({ method }) =>
      method === 'POST'
        ? { carriedOut: true, body: { errors: [{ title: 'The index is busy' }] } }
        : undefined;
    await accountLinks.link(ref, await accountOf(9));
    assert.equal(accountLinks.state(ref)?.kind, 'done');
  });

  it('is refused by errors, whatever the status says', async () => {
    const { ref, accountLinks } = await open(17);
    server.fault = ({ method }) =>
      method === 'POST' ? { body: { errors: [{ title: 'The account is closed' }] } } : undefined;
    await accountLinks.link(ref, await accountOf(9));
    assert.equal(accountLinks.state(ref)?.kind, 'failed');
  });
});
