import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { toAuditEvent } from '../../../../src/api/auditEvents';
import { resourceSchema } from '../../../../src/api/http/document';
import { History } from '../../../../src/contacts/related/history';
import { clientOf } from '../../../support/apiClient';
import { type ApiServer, startApiServer } from '../../../support/apiServer';
import { asked, type ContactRecord, colleague } from '../../../support/colleague';
import { silentRuntime } from '../../../support/silentLog';
import { until } from '../../../support/until';

describe('the history of a contact', () => {
  let server: ApiServer;
  let organisationId: string;
  let contacts: readonly ContactRecord[];
  const open = async (options = {}) => {
    server = await startApiServer({ contacts: 30, ...options });
    organisationId = (await colleague(server).organisations())[0]?.id ?? assert.fail();
    contacts = await colleague(server).contacts(organisationId);
    return new History(clientOf(server), silentRuntime);
  };
  afterEach(() => server.stop());
  const ref = (n = 0) => ({ organisationId, contactId: contacts[n]?.id ?? '' });
  const audits = () => asked(server).filter(({ path }) => path.startsWith('/v3/audit-events'));

  it('tells who changed which field when, newest first, by name', async () => {
    const history = await open();
    const path = `/v3/orgs/${organisationId}/customers/contacts/${ref().contactId}`;
    await colleague(server).change(path, { last_name: 'Newname' });
    await history.probe();
    await history.more(ref());
    const { events = [] } = history.load(ref()) ?? {};
    assert.deepEqual(
      events.map(({ operation }) => operation),
      ['update', 'update', 'create'],
    );
    const [newest] = events;
    assert.deepEqual(newest?.values, [
      { field: 'last_name', before: contacts[0]?.attributes.last_name, after: 'Newname' },
    ]);
    assert.match(history.nameOf(newest?.principalId ?? '') ?? '', /\w+ \w+/);
    assert.match(audits()[1]?.path ?? '', /filter%5Bresource\.id%5D=/);
  });

  it('is not offered where it may not be read, which is asked once', async () => {
    const history = await open({ history: false });
    await history.probe();
    await history.probe();
    await history.more(ref());
    assert.equal(history.offered, false);
    assert.equal(history.load(ref()), undefined);
    assert.equal(audits().length, 1);
  });

  it('is asked about again after a network that failed', async () => {
    const history = await open();
    server.fault = () => ({ status: 503 });
    await history.probe();
    assert.equal(history.offered, false);
    server.fault = undefined;
    await history.probe();
    assert.equal(history.offered, true);
  });

  it('is found among all events, a few pages at a time, where it cannot be asked for', async () => {
    const history = await open();
    const event = (n: number) => ({
      id: `e${n}`,
      type: 'audit-events',
      attributes: {
        time: `2026-01-01T00:00:${String(n % 60).padStart(2, '0')}Z`,
        operation: 'update',
        resource: { type: 'contacts', id: n === 450 ? ref().contactId : 'another' },
        values: [],
      },
    });
    server.fault = ({ path }) => {
      if (!path.startsWith('/v3/audit-events')) return undefined;
      const offset = Number(new URLSearchParams(path.split('?')[1]).get('offset'));
      return {
        body: { data: Array.from({ length: Math.min(100, 600 - offset) }, (_, n) => event(offset + n)) },
      };
    };
    await history.probe();
    await history.more(ref());
    const first = history.load(ref());
    assert.ok(first?.kind === 'loaded' && first.events.length === 0 && first.next === 300);
    await history.more(ref());
    assert.equal(history.load(ref())?.events.length, 1);
    assert.equal(audits().length, 1 + 3 + 2);
  });

  it('keeps what it has when reading it again fails, and each event once when that goes well', async () => {
    const history = await open();
    await history.probe();
    await history.more(ref());
    const before = history.load(ref())?.events ?? [];
    assert.ok(before.length > 0);
    server.fault = ({ path }) => (path.includes('filter') ? { status: 500 } : undefined);
    await history.again(ref());
    assert.equal(history.load(ref())?.kind, 'failed');
    assert.deepEqual(history.load(ref())?.events, before);
    server.fault = undefined;
    await history.more(ref());
    assert.deepEqual(history.load(ref())?.events, before);
  });

  it('is as the last reading says, whichever ends first', async () => {
    const history = await open();
    await history.probe();
    await history.more(ref());
    const before = history.load(ref())?.events.length ?? 0;
    let reads = 0;
    server.fault = ({ path }) => (path.includes('filter') && ++reads === 1 ? { delay: 150 } : undefined);
    const slow = history.again(ref());
    await until('the slow one', () => reads === 1);
    const path = `/v3/orgs/${organisationId}/customers/contacts/${ref().contactId}`;
    await colleague(server).change(path, { last_name: 'Newername' });
    assert.equal(history.load(ref())?.events.length, before);
    await history.again(ref());
    await slow;
    assert.equal(history.load(ref())?.events.length, before + 1);
  });

  it('has each event once, also if something changes before older ones are read', async () => {
    let count = 150;
    const event = (n: number) => ({
      id: `e${n}`,
      type: 'audit-events',
      attributes: {
        time: new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString(),
        operation: 'update',
        resource: { type: 'contacts', id: 'c' },
        values: [],
      },
    });
    const features = { params: { filter: { options: ['resource.id'] }, sort: { options: ['time'] } } };
    server = await startApiServer({
      handler: ({ url }) => {
        const { pathname, searchParams } = new URL(url);
        if (pathname.includes('members')) return Response.json({ data: [] });
        const [offset, limit] = [Number(searchParams.get('offset')), Number(searchParams.get('limit'))];
        const data = Array.from({ length: count }, (_, n) => event(count - 1 - n)).slice(
          offset,
          offset + limit,
        );
        return Response.json({ data, meta: { pagination: { counts: { resources: count } }, features } });
      },
    });
    const history = new History(clientOf(server), silentRuntime);
    await history.probe();
    const one = { organisationId: 'o', contactId: 'c' };
    await history.more(one);
    count++;
    await history.more(one);
    const times = (history.load(one)?.events ?? []).map(({ time }) => time);
    assert.ok(times.length > 100);
    assert.equal(new Set(times).size, times.length);
  });
});

describe('toAuditEvent', () => {
  const parse = (attributes: object) =>
    toAuditEvent(z.parse(resourceSchema, { id: 'e', type: 't', attributes }));
  it('takes what is documented, and a field by its last name', () => {
    const event = parse({
      time: '2026-01-01T00:00:00Z',
      operation: 'update',
      resource: { type: 'contacts', id: 'c', name: 'x' },
      values: [{ field: 'attributes.email', before: null, after: 'a@b', data_type: 'string' }, 7],
      principal: { type: 'users', id: 'u' },
    });
    assert.deepEqual(event, {
      id: 'e',
      time: '2026-01-01T00:00:00Z',
      operation: 'update',
      resourceId: 'c',
      principalId: 'u',
      values: [{ field: 'email', before: null, after: 'a@b' }],
    });
  });
  it('gives nothing for what does not say what it is about, and survives odd parts', () => {
    assert.equal(parse({ time: 'x' }), undefined);
    assert.deepEqual(parse({ resource: { id: 'c' }, values: 'no', principal: 7, time: 3 }), {
      id: 'e',
      time: '',
      operation: '',
      resourceId: 'c',
      principalId: undefined,
      values: [],
    });
  });
});
