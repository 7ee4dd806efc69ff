/** Tests a panel's host with the real stores and a real server, without a page. */
import assert from 'node:assert/strict';
import { type Clock, systemClock } from '../../../src/base/clock';
import type { Services } from '../../../src/commands/common/services';
import { showDrafts } from '../../../src/commands/contact/showDrafts';
import { CurrentAccount } from '../../../src/contacts/accountStores';
import { DraftStore } from '../../../src/contacts/drafts/draftStore';
import { Drafts } from '../../../src/contacts/drafts/drafts';
import { InteractionDraftStore } from '../../../src/contacts/drafts/interactionDraftStore';
import { ContactPanel } from '../../../src/panel/contactPanel';
import { Keystrokes } from '../../../src/panel/keystrokes';
import { withDelta } from '../../../src/protocol/delta';
import type { PanelState } from '../../../src/protocol/state';
import { type ApiServer, startApiServer } from '../../support/apiServer';
import { colleague } from '../../support/colleague';
import { newGate } from '../../support/gate';
import { noDisk } from '../../support/noDisk';
import { silentLog, silentRuntime } from '../../support/silentLog';
import { SteppedClock } from '../../support/steppedClock';
import { until } from '../../support/until';
import { opened } from '../../support/vscode';
import { Computer, environmentOf } from '../../support/windows';

const page = 'a'.repeat(32);
const interaction = {
  method: 'email',
  date_time: '2024-03-03T10:32:07Z',
  contacted: true,
  notes: 'What Ctrl Hub has',
};

describe('the panel of a contact', () => {
  let server: ApiServer;
  let other: ReturnType<typeof colleague>;
  before(async () => {
    server = await startApiServer({ contacts: 30 });
    other = colleague(server);
  });
  after(() => server.stop());
  afterEach(() => {
    server.fault = undefined;
  });

  /** Opens one of the contacts. @param isRead false to go on before the contact was read */
  async function open(at: number, { clock = systemClock as Clock, isRead = true } = {}) {
    const session = new Computer(server.url).window();
    const contacts = new DraftStore(noDisk, silentRuntime);
    const interactions = new InteractionDraftStore(noDisk, silentRuntime);
    const drafts = new Drafts(contacts, interactions);
    const arranged = () => ({ get: () => ({ filter: '' }), set: () => undefined });
    const data = new CurrentAccount(session, drafts, arranged, silentRuntime);
    await session.ready();
    await session.signIn(environmentOf(session), { kind: 'sessionToken', token: server.token });
    const stores = data.current ?? assert.fail();
    const organisationId = (await stores.organisations.ensure()).organisations[0]?.id ?? assert.fail();
    // A person opens a contact from a link: its row is not there.
    const contactId = (await other.contacts(organisationId))[at]?.id ?? assert.fail();
    const identity = { origin: server.url, organisationId, contactId };
    let state: PanelState | undefined;
    const nothing = () => undefined;
    const panel = new ContactPanel(
      {
        session,
        data,
        drafts: contacts,
        interactionDrafts: interactions,
        log: silentLog,
        clock,
        keystrokes: new Keystrokes(),
        setTitle: nothing,
        post: (message) => {
          state = message.type === 'state' ? message.state : (withDelta(state, message.delta) as PanelState);
        },
        copy: nothing,
        signIn: nothing,
        useSampleData: nothing,
        showLog: nothing,
        open: nothing,
      },
      identity,
    );
    panel.receive({ type: 'ready' });
    const body = () => (state?.body.kind === 'ready' ? state.body : undefined);
    const saved = () => body()?.fields.find(({ name }) => name === 'email')?.saved ?? '';
    const isShown = () => body() !== undefined && body()?.freshness === undefined;
    if (isRead) await until('the contact', isShown);
    let revision = 0;
    const address = `/v3/orgs/${organisationId}/customers/contacts/${contactId}`;
    return {
      panel,
      identity,
      data,
      drafts,
      address,
      body,
      saved,
      isShown,
      state: () => state,
      type: (value: string, base = saved()) =>
        panel.receive({ type: 'edit', field: 'email', value, base, page, revision: ++revision }),
      interactions: () => body()?.relationships.find(({ name }) => name === 'interactions')?.items ?? [],
    };
  }

  it('has nothing unsaved where a colleague saved the same value', async () => {
    const clock = new SteppedClock();
    const { panel, drafts, identity, address, type, saved } = await open(1, { clock });
    type('same@example.org');
    await other.change(address, { email: 'same@example.org' });
    clock.advance(120_000);
    panel.checkForChanges();
    await until('the value', () => saved() === 'same@example.org');
    await until('no draft', () => !drafts.isEdited(identity));
  });

  it('has nothing unsaved where a keystroke is handed over again after its value was saved', async () => {
    const { saved, address } = await open(2);
    const before = saved();
    await other.change(address, { email: 'saved@example.org' });
    const again = await open(2);
    again.type('saved@example.org', before);
    await until('no draft', () => !again.drafts.isEdited(again.identity));
  });

  it('reads once if Retry is pressed twice', async () => {
    server.fault = ({ path }) => (path.includes('/customers/contacts/') ? { status: 404 } : undefined);
    const { panel, address, isShown, state } = await open(3, { isRead: false });
    await until('the failure', () => state()?.body.kind === 'failed');
    const answer = newGate();
    server.fault = ({ path }) => (path.startsWith(address) ? { held: answer.opened } : undefined);
    const start = server.requests.length;
    const reads = () => server.requests.slice(start).filter(({ path }) => path.startsWith(address)).length;
    panel.receive({ type: 'retry' });
    await until('a reading', () => reads() === 1);
    panel.receive({ type: 'retry' });
    answer.open();
    await until('the contact', isShown);
    assert.equal(reads(), 1);
  });

  /** Answers for a contact with one interaction, and for the interaction. */
  function answerWith(
    address: string,
    link: { type: string; id: string },
    included: readonly object[],
    id: string,
  ) {
    const relationships = { interactions: { data: [link] } };
    const contact = { id: address.split('/').at(-1) ?? '', type: 'contacts', attributes: {}, relationships };
    server.fault = ({ path }) => {
      if (path.startsWith(address)) return { body: { data: contact, included } };
      if (path.toLowerCase().includes(id.toLowerCase()))
        return { body: { data: { type: 'interactions', id, attributes: interaction } } };
      return undefined;
    };
  }

  it('reads an interaction that came without attributes before its notes can be edited', async () => {
    const { address } = await open(4);
    const link = { type: 'interactions', id: '9f3c0000-1111-4222-8333-444455556666' };
    answerWith(address, link, [link], link.id);
    const { panel, interactions } = await open(4);
    await until('the row', () => interactions().length === 1);
    assert.equal(interactions()[0]?.editable, undefined);
    panel.receive({ type: 'related', act: 'seen', name: 'interactions' });
    await until('the interaction', () => interactions()[0]?.editable);
    panel.receive({ type: 'editNotes', id: link.id });
    const form = await until('the form', () => interactions()[0]?.form);
    assert.equal(form.fields.find(({ name }) => name === 'notes')?.value, 'What Ctrl Hub has');
  });

  it('shows an interaction whose answer writes its ID in another case than the link', async () => {
    const { address } = await open(5);
    const id = '9f3c0000-1111-4222-8333-44445555666a';
    answerWith(address, { type: 'interactions', id: id.toUpperCase() }, [], id);
    const { panel, interactions } = await open(5);
    await until('the row', () => interactions().length === 1);
    panel.receive({ type: 'related', act: 'seen', name: 'interactions' });
    await until('the interaction', () => interactions()[0]?.detail === 'What Ctrl Hub has');
  });

  it('shows the saved notes of an interaction whose ID has another case in the link', async () => {
    const { address } = await open(5);
    const id = '9f3c0000-1111-4222-8333-44445555666b';
    const linkId = id.toUpperCase();
    answerWith(address, { type: 'interactions', id: linkId }, [], id);
    const { panel, interactions } = await open(5);
    await until('the row', () => interactions().length === 1);
    panel.receive({ type: 'related', act: 'seen', name: 'interactions' });
    await until('the interaction', () => interactions()[0]?.editable);
    panel.receive({ type: 'editNotes', id: linkId });
    await until('the form', () => interactions()[0]?.form);
    const answers = server.fault;
    server.fault = (request) => {
      if (request.method !== 'PUT') return answers?.(request);
      return { body: request.json };
    };
    panel.receive({
      type: 'interaction',
      interactionId: linkId,
      field: 'notes',
      value: 'New notes',
      before: {},
      page,
      revision: 1,
    });
    panel.receive({ type: 'interactionDo', interactionId: linkId, act: 'send' });
    await until('the outcome', () => interactions()[0]?.outcome === 'Notes saved');
    assert.equal(interactions()[0]?.detail, 'New notes');
  });

  it('reads an expanded account again on Retry, though its name is known', async () => {
    const { address } = await open(7);
    const account = { type: 'customer-accounts', id: '9f3c0000-1111-4222-8333-44445555666c' };
    const contact = {
      id: address.split('/').at(-1) ?? '',
      type: 'contacts',
      attributes: {},
      relationships: { accounts: { data: [account] } },
    };
    const included = [{ ...account, attributes: { reference: 'House 12' } }];
    let isDown = true;
    server.fault = ({ path }) => {
      if (path.startsWith(address)) return { body: { data: contact, included } };
      if (!path.includes(account.id)) return undefined;
      return isDown ? { status: 503 } : { body: { data: { ...account, attributes: {} } } };
    };
    const { panel, body } = await open(7);
    const accounts = () => body()?.relationships.find(({ name }) => name === 'accounts');
    await until('the row', () => accounts()?.items.length === 1);
    panel.receive({ type: 'fold', id: account.id });
    await until('the failure', () => accounts()?.problem);
    isDown = false;
    panel.receive({ type: 'related', act: 'retry', name: 'accounts' });
    await until('no problem', () => accounts()?.problem === undefined);
  });

  it('lends nothing to the row of an unsaved contact of another environment with the same ID', async () => {
    const { panel, identity, data, drafts, body, type } = await open(6);
    type('no at');
    panel.receive({ type: 'save' });
    await until('a failure', () => body()?.save.kind === 'failed');
    const key = { ...identity, origin: 'https://elsewhere.example', interactionId: '' };
    drafts.interactions.begin(key, { notes: '' });
    drafts.interactions.type(key, 'notes', 'Rang');
    const shown = showDrafts(Object.assign({} as Services, { drafts, data }), undefined, []);
    const list = opened.lists.at(-1) ?? assert.fail();
    const rows = list.items as { label: string; detail: string; key: { origin: string } }[];
    const row = rows.find((one) => one.key.origin === key.origin);
    list.hide();
    await shown;
    assert.equal(row?.label, identity.contactId);
    assert.doesNotMatch(row.detail, /Not saved/);
  });

  it('is not at rest while a link is made, or its outcome asks for something', async () => {
    const { panel, identity, data } = await open(3);
    const stores = data.current ?? assert.fail();
    assert.equal(panel.isAtRest, true);
    const gate = newGate();
    server.fault = ({ method }) => (method === 'POST' ? { status: 500, held: gate.opened } : undefined);
    const linking = stores.accountLinks.link(identity, '3c90c3cc-0d44-4b50-8888-8dd25736052a');
    assert.equal(panel.isAtRest, false);
    gate.open();
    await linking;
    assert.equal(panel.isAtRest, false);
  });
});
