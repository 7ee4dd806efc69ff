/** One keystroke in a panel of 200 interactions, ten of them being edited: what the host does, and what it sends. */
import { appendFileSync } from 'node:fs';
import { systemClock } from '../../src/base/clock';
import { CurrentAccount } from '../../src/contacts/accountStores';
import { DraftStore } from '../../src/contacts/drafts/draftStore';
import { Drafts } from '../../src/contacts/drafts/drafts';
import { InteractionDraftStore } from '../../src/contacts/drafts/interactionDraftStore';
import { ContactPanel } from '../../src/panel/contactPanel';
import { Keystrokes } from '../../src/panel/keystrokes';
import type { TypedIntent } from '../../src/protocol/intents';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { noDisk } from '../support/noDisk';
import { silentLog, silentRuntime } from '../support/silentLog';
import { until } from '../support/until';
import { Computer, environmentOf } from '../support/windows';

const keystrokes = 200;
const page = 'a'.repeat(32);
const median = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;

const links = Array.from({ length: 200 }, (_, n) => ({
  type: 'interactions',
  id: `9f3c${String(n).padStart(4, '0')}-1111-4222-8333-444455556666`,
}));
const included = links.map((link, n) => ({
  ...link,
  attributes: {
    method: 'telephone',
    direction: 'inbound',
    status: 'completed',
    date_time: `2024-03-${String(28 - (n % 28)).padStart(2, '0')}T10:32:07Z`,
    notes: 'Asked about the meter, and when the engineer will come.',
  },
}));

/** The first contact of somebody who has just signed in. */
async function signedIn(server: ApiServer) {
  const session = new Computer(server.url).window();
  const contacts = new DraftStore(noDisk, silentRuntime);
  const interactions = new InteractionDraftStore(noDisk, silentRuntime);
  const memory = () => ({ get: () => ({ filter: '' }), set: () => undefined });
  const data = new CurrentAccount(session, new Drafts(contacts, interactions), memory, silentRuntime);
  await session.ready();
  await session.signIn(environmentOf(session), { kind: 'sessionToken', token: server.token });
  const organisations = await data.current?.organisations.ensure();
  const organisationId = organisations?.organisations[0]?.id ?? '';
  const list = await data.current?.contacts.ensureList(organisationId);
  const identity = { origin: server.url, organisationId, contactId: list?.ids[0] ?? '' };
  return { session, data, drafts: contacts, interactionDrafts: interactions, identity };
}

export async function run(): Promise<void> {
  const server = await startApiServer({ contacts: 30 });
  const { identity, ...stores } = await signedIn(server);
  const resource = { id: identity.contactId, type: 'contacts', attributes: { first_name: 'Ada' } };
  server.fault = ({ path }) =>
    path.includes(identity.contactId)
      ? { body: { data: { ...resource, relationships: { interactions: { data: links } } }, included } }
      : undefined;
  let last = '';
  let posted = () => {};
  const nothing = () => {};
  const panel = new ContactPanel(
    {
      ...stores,
      log: silentLog,
      clock: systemClock,
      keystrokes: new Keystrokes(),
      setTitle: nothing,
      post: (message) => {
        last = JSON.stringify(message);
        posted();
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
  await until('the contact', () => last.includes('9f3c'));
  for (let n = 0; n < 20; n++) panel.receive({ type: 'related', act: 'more', name: 'interactions' });
  for (const { id } of links.slice(0, 10)) panel.receive({ type: 'editNotes', id });
  panel.receive({ type: 'ready' });
  await until('all of them', () => links.every(({ id }) => last.includes(id)));
  const whole = last.length;

  async function measure(intentOf: (revision: number) => TypedIntent, from: number) {
    const times: number[] = [];
    const sizes: number[] = [];
    for (let n = 0; n < keystrokes; n++) {
      const drawn = new Promise<void>((resolve) => {
        posted = resolve;
      });
      const started = performance.now();
      panel.receive(intentOf(from + n));
      await drawn;
      times.push(performance.now() - started);
      sizes.push(last.length);
    }
    return { work: median(times), message: Math.max(...sizes) };
  }

  const typed = (revision: number) => ({ value: `typed ${revision}`, page, revision });
  const field = await measure(
    (revision) => ({ type: 'edit', field: 'first_name', base: 'Ada', ...typed(revision) }),
    1,
  );
  const interactionId = links[3]?.id ?? '';
  const notes = await measure(
    (revision) => ({ type: 'interaction', interactionId, field: 'notes', before: {}, ...typed(revision) }),
    1 + keystrokes,
  );
  panel.dispose();
  await server.stop();
  appendFileSync(process.env.CTRL_HUB_REPORT ?? '', `${JSON.stringify({ field, notes, whole })}\n`);
}
