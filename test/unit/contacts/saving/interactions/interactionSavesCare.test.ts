/** Tests that interactions and notes are never lost, for any window and any normalisation by the API. */
import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import type { ContactRef } from '../../../../../src/api/contacts';
import { resourceSchema } from '../../../../../src/api/http/document';
import type { DraftStorage } from '../../../../../src/contacts/drafts/draftStorage';
import {
  type InteractionValues,
  interactionValues,
  newInteractionId,
} from '../../../../../src/contacts/drafts/interactionDraft';
import { InteractionDraftStore } from '../../../../../src/contacts/drafts/interactionDraftStore';
import { ContactStore } from '../../../../../src/contacts/lists/contactStore';
import { linked } from '../../../../../src/contacts/model/related';
import { RelatedStore } from '../../../../../src/contacts/related/relatedStore';
import { InteractionSaves } from '../../../../../src/contacts/saving/interactions/interactionSaves';
import { clientOf } from '../../../../support/apiClient';
import { type ApiServer, type RecordedRequest, startApiServer } from '../../../../support/apiServer';
import { asked, colleague } from '../../../../support/colleague';
import { memoryStorage } from '../../../../support/memoryStorage';
import { silentRuntime } from '../../../../support/silentLog';
import { until } from '../../../../support/until';

const base: InteractionValues = {
  method: 'telephone',
  direction: 'inbound',
  date_time: '2026-03-03T10:32:07.456Z',
  contacted: 'true',
  status: 'completed',
  account: '',
  notes: '',
};

describe('care with interactions', () => {
  let server: ApiServer;
  let organisationId: string;
  let contactId: string;
  before(async () => {
    server = await startApiServer({ contacts: 30 });
    organisationId = (await colleague(server).organisations())[0]?.id ?? assert.fail();
    // The contact with the most interactions.
    contactId = (await colleague(server).contacts(organisationId))[4]?.id ?? assert.fail();
  });
  after(() => server.stop());
  beforeEach(() => {
    server.fault = undefined;
  });

  async function open(disk: DraftStorage = memoryStorage()) {
    const client = clientOf(server);
    const ref = { organisationId, contactId };
    const contacts = new ContactStore(client);
    const related = new RelatedStore(client, silentRuntime);
    const interactionDrafts = new InteractionDraftStore(disk, silentRuntime);
    const interactionSaves = new InteractionSaves(
      server.url,
      contacts,
      related,
      interactionDrafts,
      silentRuntime,
    );
    const { resource } = await contacts.load(ref, new AbortController().signal);
    const [first, second] = (linked(resource, 'interactions') ?? []).map(({ id }) => id);
    if (first === undefined || second === undefined) assert.fail('too few interactions');
    return {
      ref,
      related,
      interactionDrafts,
      interactionSaves,
      first,
      second,
      start: server.requests.length,
    };
  }
  const keyFor = (ref: ContactRef, interactionId: string) => ({ origin: server.url, ...ref, interactionId });
  const pathOf = (id: string) => `/v3/orgs/${organisationId}/customers/interactions/${id}`;
  const sent = (start: number, method: string) =>
    asked(server, start).filter((request) => request.method === method);
  const read = async (id: string) => (await colleague(server).read(pathOf(id))).attributes;

  it('has on the disk that one is on its way before it is', async () => {
    const written: string[] = [];
    const disk = memoryStorage();
    const { ref, interactionSaves, interactionDrafts } = await open({
      ...disk,
      write: (name, text) => {
        written.push(text);
        return disk.write(name, text);
      },
    });
    let atPost: string | undefined;
    server.fault = ({ method }) => {
      if (method === 'POST') atPost ??= written.at(-1) ?? '';
      return undefined;
    };
    interactionSaves.start(ref, newInteractionId, base);
    interactionDrafts.type(keyFor(ref, newInteractionId), 'notes', 'On its way');
    await interactionSaves.send(ref, newInteractionId);
    assert.match(atPost ?? '', /On its way.*"sent":{"values":/);
  });

  it('takes one whose sending failed in a way nobody foresaw for one that may be there', async () => {
    const { ref, related, interactionSaves, interactionDrafts } = await open();
    related.logInteraction = () => Promise.reject(new Error('unforeseen'));
    interactionSaves.start(ref, newInteractionId, base);
    interactionDrafts.type(keyFor(ref, newInteractionId), 'notes', 'Perhaps');
    await interactionSaves.send(ref, newInteractionId);
    assert.equal(interactionSaves.state(ref, newInteractionId).kind, 'unknown');
    assert.equal(interactionSaves.draft(ref, newInteractionId)?.sent?.values.notes, 'Perhaps');
  });

  it('does not send a second one while nobody knows of the first, even when the panel asks for it', async () => {
    const { interactionSaves, interactionDrafts, ref, start } = await open();
    interactionSaves.start(ref, newInteractionId, base);
    interactionDrafts.type(keyFor(ref, newInteractionId), 'notes', 'Only once');
    server.fault = ({ method }) => (method === 'POST' ? { drop: 'after' } : undefined);
    await interactionSaves.send(ref, newInteractionId);
    assert.equal(interactionSaves.state(ref, newInteractionId).kind, 'unknown');
    server.fault = undefined;
    await interactionSaves.send(ref, newInteractionId);
    assert.equal(sent(start, 'POST').length, 1);
    assert.equal(interactionSaves.state(ref, newInteractionId).kind, 'unknown');
    interactionDrafts.dispose();
  });

  it('finds what it sent although the API keeps no milliseconds, so that nobody logs it again', async () => {
    const { interactionSaves, interactionDrafts, ref } = await open();
    interactionSaves.start(ref, newInteractionId, base);
    interactionDrafts.type(keyFor(ref, newInteractionId), 'notes', 'To the second');
    server.fault = ({ method }) => (method === 'POST' ? { drop: 'after' } : undefined);
    await interactionSaves.send(ref, newInteractionId);
    server.fault = undefined;
    const id = (await newest()) ?? assert.fail();
    assert.equal((await read(id)).notes, 'To the second');
    await colleague(server).change(pathOf(id), { date_time: '2026-03-03T10:32:07Z' });
    await interactionSaves.search(ref);
    assert.equal(interactionSaves.state(ref, newInteractionId).kind, 'done');
    interactionDrafts.dispose();
  });

  it('is not said to be absent where Ctrl Hub does not list the interactions, so that nobody logs it again', async () => {
    const { interactionSaves, interactionDrafts, ref, start } = await open();
    interactionSaves.start(ref, newInteractionId, base);
    interactionDrafts.type(keyFor(ref, newInteractionId), 'notes', 'Not to be seen');
    server.fault = ({ method }) => (method === 'POST' ? { drop: 'after' } : undefined);
    await interactionSaves.send(ref, newInteractionId);
    for (const interactions of [{ links: { related: '/v3/elsewhere' } }, undefined]) {
      const data = { id: contactId, type: 'contacts', relationships: { interactions } };
      server.fault = ({ method }) => (method === 'GET' ? { body: { data } } : undefined);
      await interactionSaves.search(ref);
      assert.deepEqual(interactionSaves.state(ref, newInteractionId), { kind: 'unknown', partly: true });
      assert.equal(interactionSaves.draft(ref, newInteractionId)?.sent?.values.notes, 'Not to be seen');
      await interactionSaves.send(ref, newInteractionId);
      assert.equal(sent(start, 'POST').length, 1);
    }
    interactionDrafts.dispose();
  });

  it('keeps the notes when the API took the date and dropped them in silence', async () => {
    const { interactionSaves, interactionDrafts, ref, first } = await open();
    const was = interactionValues({ id: first, type: '', attributes: await read(first) });
    interactionSaves.start(ref, first, was);
    interactionDrafts.type(keyFor(ref, first), 'notes', 'Dropped in silence');
    interactionDrafts.type(keyFor(ref, first), 'date_time', '2026-04-04T08:00:00.000Z');
    server.fault = ({ method, json }) =>
      method === 'PUT'
        ? { body: { data: { ...dataOf(json), attributes: dropped(json, was.notes) } } }
        : undefined;
    await interactionSaves.send(ref, first);
    assert.equal(interactionSaves.state(ref, first).kind, 'ignored');
    assert.equal(interactionSaves.draft(ref, first)?.values.notes, 'Dropped in silence');
    interactionDrafts.dispose();
  });

  it('takes the same moment written otherwise for nobody’s change', async () => {
    const { interactionSaves, interactionDrafts, ref, second } = await open();
    const attributes = await read(second);
    const other = String(attributes.date_time).replace(/(\.\d+)?Z$/, '.000000000Z');
    interactionSaves.start(ref, second, {
      ...interactionValues({ id: second, type: '', attributes }),
      date_time: other,
    });
    interactionDrafts.type(keyFor(ref, second), 'date_time', '2026-05-05T09:00:00.000Z');
    await interactionSaves.send(ref, second);
    assert.equal(interactionSaves.state(ref, second).kind, 'done');
    assert.equal((await read(second)).date_time, '2026-05-05T09:00:00.000Z');
    interactionDrafts.dispose();
  });

  it('reads on for a panel that waits for what another one asked for and was closed', async () => {
    const { related, first, second } = await open();
    const [closed, waiting] = [new AbortController(), new AbortController()];
    server.fault = ({ path }) => (path.includes('/interactions/') ? { delay: 150 } : undefined);
    related.want(organisationId, 'interactions', [first, second], closed.signal);
    related.want(organisationId, 'interactions', [first], waiting.signal);
    await until('the requests', () => server.requests.some(({ path }) => path.endsWith(second)));
    closed.abort();
    await until('the reading', () => related.load(organisationId, 'interactions', first)?.kind === 'loaded');
    assert.equal(related.load(organisationId, 'interactions', second), undefined);
    related.dispose();
  });

  /** Returns the interaction that the server linked last. */
  async function newest(): Promise<string | undefined> {
    const path = `/v3/orgs/${organisationId}/customers/contacts/${contactId}`;
    const contact = z.parse(resourceSchema, await colleague(server).read(path));
    return linked(contact, 'interactions')?.at(-1)?.id;
  }
});

const dataOf = (json: RecordedRequest['json']) =>
  (json as { data: { id: string; type: string; attributes: Record<string, unknown> } }).data;
const dropped = (json: RecordedRequest['json'], notes: string | undefined) => ({
  ...dataOf(json).attributes,
  notes,
});
