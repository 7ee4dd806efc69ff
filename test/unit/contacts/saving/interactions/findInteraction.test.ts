/** Tests the results of "Look in Ctrl Hub", and the proof that an interaction does not exist. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Sent } from '../../../../../src/contacts/drafts/interactionDraft';
import { ContactStore } from '../../../../../src/contacts/lists/contactStore';
import { RelatedStore } from '../../../../../src/contacts/related/relatedStore';
import { findInteraction } from '../../../../../src/contacts/saving/interactions/findInteraction';
import { matchOf } from '../../../../../src/contacts/saving/interactions/interactionMatch';
import { clientOf } from '../../../../support/apiClient';
import { type ApiServer, type Fault, startApiServer } from '../../../../support/apiServer';
import { colleague } from '../../../../support/colleague';
import { silentLog, silentRuntime } from '../../../../support/silentLog';

const values = {
  method: 'telephone',
  direction: 'inbound',
  date_time: '2026-03-03T10:32:07.456Z',
  contacted: 'true',
  status: 'completed',
  account: '',
  notes: 'Re\u0301union at the café\nAsked about the meter',
};
const interaction = (attributes: object) => ({
  id: '7',
  type: 'customer-interactions',
  attributes: { ...values, contacted: true, ...attributes },
});

describe('an interaction of Ctrl Hub and one that was sent', () => {
  const match = (attributes: object, sent: object = {}) =>
    matchOf(interaction(attributes), { ...values, ...sent });

  it('are the same, however the API tidies what it is given', () => {
    const notes = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => text.normalize('NFC'),
      (text) => text.normalize('NFD'),
      (text) => text.replaceAll('\n', '\r\n'),
      (text) => text.replaceAll(' ', '  '),
      (text) => ` ${text}\n`,
      (text) => text.replace(/\s+/g, ' ').trim(),
    );
    const time = fc.constantFrom(
      '2026-03-03T10:32:07Z',
      '2026-03-03T10:32:07.456000000Z',
      '2026-03-03T10:32:07+00:00',
      '2026-03-03T11:32:07.456+01:00',
      '2026-03-03T02:32:07-08:00',
      '2026-03-03T10:32Z',
      '2026-03-03T11:32+01:00',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(notes), time, (typed, tidyings, date_time) => {
        const there = tidyings.reduce((text, tidy) => tidy(text), typed);
        assert.equal(match({ notes: there, date_time }, { notes: typed }), 'same');
      }),
    );
    assert.equal(match({ notes: null }, { notes: '' }), 'same');
  });

  it('are never taken for two where one thing was changed in a way that nobody foresaw', () => {
    for (const attributes of [
      { notes: 'Something else' },
      { notes: '' },
      { notes: null },
      { notes: '<p>Réunion at the café</p>' },
      { date_time: '2026-03-03T10:32:00Z' },
      { date_time: '2026-03-03T10:33:00.000Z' },
      { date_time: '2026-03-03T11:32:07Z' },
      { date_time: '2026-03-03T00:32:07.456' },
      { date_time: '2026-03-03' },
      { date_time: null },
      { date_time: 1772533927 },
      { method: 'phone' },
      { method: undefined },
    ])
      assert.equal(match(attributes), 'alike', JSON.stringify(attributes));
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -59_999, max: 59_999 }), (notes, ms) => {
        const date_time = new Date(Date.parse(values.date_time) + ms).toISOString();
        assert.notEqual(match({ notes }), 'other');
        assert.notEqual(match({ date_time }), 'other');
        assert.notEqual(match({ notes, date_time }), 'other');
      }),
    );
  });

  it('are two where the times are apart, or neither notes nor method is the same', () => {
    for (const attributes of [
      { date_time: '2026-03-03T10:41:07Z' },
      { date_time: '2026-03-05T10:32:07Z' },
      { date_time: '2026-03-03T11:32:07Z', notes: 'Something else' },
      { method: 'letter', notes: 'Something else' },
    ])
      assert.equal(match(attributes), 'other', JSON.stringify(attributes));
  });
});

describe('looking for an interaction', () => {
  let server: ApiServer;
  let organisationId: string;
  let contactId: string;
  before(async () => {
    server = await startApiServer({ contacts: 3 });
    organisationId = (await colleague(server).organisations())[0]?.id ?? assert.fail();
    contactId = (await colleague(server).contacts(organisationId))[0]?.id ?? assert.fail();
  });
  after(() => server.stop());

  const link = (id: string, type = 'customer-interactions') => ({ type, id });
  /** @param readings the responses to reads of interactions, by ID */
  function find(
    ids: readonly string[],
    readings: Readonly<Record<string, Fault>>,
    { included = [], ...sent }: Partial<Sent> & { included?: readonly object[] } = {},
  ) {
    const start = server.requests.length;
    server.fault = ({ path }) => {
      const [, id] = /interactions\/([^/?]+)/.exec(path) ?? [];
      if (id !== undefined) return readings[id] ?? { status: 404 };
      const relationships = { interactions: { data: ids.map((one) => link(one)) } };
      return { body: { data: { id: contactId, type: 'contacts', relationships }, included } };
    };
    const client = clientOf(server);
    const found = findInteraction(
      new ContactStore(client),
      new RelatedStore(client, silentRuntime),
      { organisationId, contactId },
      { values, ...sent },
      silentLog,
    );
    const reads = () => server.requests.slice(start).filter(({ path }) => path.includes('/interactions/'));
    return found.then((one) => ({ ...one, reads: reads().length }));
  }
  const one = (id: string, attributes: object = {}): Fault => ({
    body: { data: { ...interaction(attributes), id } },
  });

  it('takes no record of another type for an interaction', async () => {
    const account = { ...link('7', 'customer-accounts'), attributes: { name: 'Seven' } };
    assert.equal((await find(['7'], { 7: one('7') }, { included: [account] })).kind, 'there');
  });

  it('goes on past interactions that were deleted', async () => {
    const gone = { 1: { status: 404 }, 2: { status: 410 } };
    assert.equal((await find(['1', '2', '7'], { ...gone, 7: one('7') })).kind, 'there');
    assert.equal((await find(['1', '2'], gone)).kind, 'absent');
  });

  it('goes on past interactions that cannot be read, and does not say that it is absent', async () => {
    for (const status of [403, 500, 429]) {
      const found = await find(['1'], { 1: { status } });
      assert.equal(found.kind, 'notAllRead', String(status));
    }
    for (const status of [403, 500])
      assert.equal((await find(['1', '7'], { 1: { status }, 7: one('7') })).kind, 'there');
  });

  it('does not ask on where Ctrl Hub says that it was asked too much', async () => {
    const ids = Array.from({ length: 40 }, (_, n) => `i${n}`);
    const { reads } = await find(ids, Object.fromEntries(ids.map((id) => [id, { status: 429 }])));
    assert.ok(reads <= 4, String(reads));
  });

  it('shows those that may be it', async () => {
    const found = await find(['7', '8'], {
      7: one('7', { notes: 'Rewritten' }),
      8: one('8', { date_time: '2020-01-01T00:00:00Z' }),
    });
    assert.equal(found.kind, 'alike');
    assert.deepEqual('ones' in found && found.ones.map(({ id }) => id), ['7']);
  });

  it('takes none that was there before for it, and reads none of them', async () => {
    const before = [JSON.stringify(['customer-interactions', '7'])];
    const found = await find(['7'], { 7: one('7') }, { before });
    assert.deepEqual([found.kind, found.reads], ['absent', 0]);
    assert.equal((await find(['7', '9'], { 7: one('7'), 9: one('9') }, { before })).kind, 'there');
  });
});
