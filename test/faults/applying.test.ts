/** Tests an Apply that VS Code's end interrupts, which needs control from outside VS Code. */
import assert from 'node:assert/strict';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { type ContactRecord, colleague } from '../support/colleague';
import {
  closeAll,
  on,
  openContact,
  plainContacts,
  type Session,
  says as saysIn,
  startOn,
} from '../support/outside';
import { signIn } from '../support/signIn';
import { until } from '../support/until';

describe('applying changes to many contacts', () => {
  let server: ApiServer;
  let session: Session;
  let organisation: ContactRecord;
  let contacts: readonly ContactRecord[];
  const edited = 6;

  before(async () => {
    server = await startApiServer({ contacts: 80 });
    const plain = await plainContacts(server);
    organisation = plain.organisation;
    contacts = plain.contacts.slice(0, edited);
    session = await startOn(server);
    await signIn(session.window, server.token);
  });
  after(() => closeAll(session, server));

  const hands = () => on(session.window);
  const says = (words: RegExp) => saysIn(session.window, words);
  const puts = () => server.requests.filter(({ method }) => method === 'PUT');

  it('sends nothing twice when the extension host is killed in the middle, and loses nothing', async () => {
    for (const [n, contact] of contacts.entries()) {
      await openContact(session.window, organisation, contact);
      await hands().fill('Telephone', `07700 90010${n}`);
      await says(/Unsaved since/);
      await session.window.command('View: Close All Editors');
    }
    await session.window.command('Ctrl Hub: Review Changes');
    await says(new RegExp(`Apply to ${edited} contacts`));
    // Ctrl Hub carries out these and gives no answer.
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let arrived = 0;
    server.hold = ({ method }) => (method === 'PUT' && ++arrived > 1 ? released : undefined);
    await hands().clickButton(`Apply to ${edited} contacts`);
    await until('answers that are held', () => arrived >= 3);
    session.killExtensionHosts();
    server.hold = undefined;
    release();
    await session.window.reload();
    await until('the drafts', async () =>
      (await hands().rows()).some((row) => row.includes(String(organisation.attributes.name))),
    );

    await session.window.command('Ctrl Hub: Review Changes');
    const text = await says(/Apply to \d+ contacts?|There are no unsaved contacts/);
    const left = Number(/Apply to (\d+)/.exec(text)?.[1] ?? 0);
    const before = new Set(puts().map(({ path }) => path));
    assert.equal(left, edited - before.size, 'contacts that have not been sent');
    if (left > 0) {
      await hands().clickButton(`Apply to ${left} contact${left === 1 ? '' : 's'}`);
      await says(new RegExp(`${left} saved`));
    }
    const sent = puts().map(({ path }) => path);
    assert.equal(new Set(sent).size, edited, 'every contact was sent');
    assert.equal(sent.length, edited, 'and none twice');
    for (const [n, { id }] of contacts.entries()) {
      const { attributes } = await colleague(server).read(
        `/v3/orgs/${organisation.id}/customers/contacts/${id}`,
      );
      assert.equal(attributes.telephone, `07700 90010${n}`);
    }
  });
});
