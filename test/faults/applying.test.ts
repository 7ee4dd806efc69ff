/** Tests an Apply that VS Code's end interrupts, which needs control from outside VS Code. */
import assert from 'node:assert/strict';
import { type ApiServer, startApiServer, untilQuiet } from '../support/apiServer';
import { type ContactRecord, colleague } from '../support/colleague';
import { newGate } from '../support/gate';
import {
  closeAll,
  on,
  openContact,
  openReview,
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
  let others: readonly ContactRecord[];
  const edited = 6;

  before(async () => {
    server = await startApiServer({ contacts: 80 });
    const plain = await plainContacts(server);
    organisation = plain.organisation;
    contacts = plain.contacts.slice(0, edited);
    others = plain.contacts.slice(edited, 2 * edited);
    session = await startOn(server);
    await signIn(session.window, server.token);
  });
  after(() => closeAll(session, server));

  const hands = () => on(session.window);
  const says = (words: RegExp) => saysIn(session.window, words);
  const puts = () => server.requests.filter(({ method }) => method === 'PUT');

  async function type(all: readonly ContactRecord[], telephone: string): Promise<void> {
    for (const [n, contact] of all.entries()) {
      await openContact(session.window, organisation, contact);
      await hands().fill('Telephone', `${telephone}${n}`);
      await says(/Unsaved since/);
      await session.window.command('View: Close All Editors');
    }
    await openReview(session.window, new RegExp(`Apply to ${all.length} contacts`));
  }
  async function assertSaved(all: readonly ContactRecord[], telephone: string): Promise<void> {
    for (const [n, { id }] of all.entries()) {
      const { attributes } = await colleague(server).read(
        `/v3/orgs/${organisation.id}/customers/contacts/${id}`,
      );
      assert.equal(attributes.telephone, `${telephone}${n}`);
    }
  }

  it('sends nothing twice when the extension host is killed in the middle, and loses nothing', async () => {
    await type(contacts, '07700 90010');
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

    const words = /Apply to \d+ contacts?|There are no unsaved contacts/;
    const text = await openReview(session.window, words);
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
    await assertSaved(contacts, '07700 90010');
  });

  /** Applies these changes until the session ends in the middle, and signs in with a new token. */
  async function signInDuringApply(all: readonly ContactRecord[], telephone: string): Promise<void> {
    await session.window.command('View: Close All Editors');
    await type(all, telephone);
    const start = puts().length;
    let isEnded = false;
    server.fault = ({ method, headers }) => {
      if (headers['x-colleague'] !== undefined) return undefined;
      // The session ends at the third contact.
      isEnded ||= method === 'PUT' && puts().length > start + 2;
      return isEnded ? { status: 401, body: { errors: [{ title: 'Unauthorised' }] } } : undefined;
    };
    // The first contact is saved while the others wait.
    const answer = newGate();
    server.hold = (request) => (request === puts()[start] ? answer.opened : undefined);
    await hands().clickButton(`Apply to ${all.length} contacts`);
    await says(/Sign in again, and applying the changes continues/);
    answer.open();
    await says(/2 saved.*Sign in again, and applying the changes continues/);
    await untilQuiet(server);
    server.fault = undefined;
    server.hold = undefined;
    const refused = puts().length;
    await signIn(session.window, server.token);
    await until('the question', async () =>
      (await hands().texts('.monaco-dialog-box')).some((text) => text.includes('new session token')),
    );
    assert.equal(puts().length, refused, 'nothing is sent before the answer');
  }

  it('waits for a new session token, asks whose it is, and goes on', async () => {
    await signInDuringApply(others, '07700 90020');
    await hands().answer('Continue');
    await says(new RegExp(`${edited} saved`));
    await assertSaved(others, '07700 90020');
  });

  it('stops if the new session token is not used, and wants another review', async () => {
    await signInDuringApply(others, '07700 90030');
    await hands().press('Escape');
    const text = await says(/did not sign in again.*Review them again/);
    const left = Number(/Apply to (\d+)/.exec(text)?.[1]);
    const button = `Apply to ${left} contacts`;
    assert.equal(await hands().enabled(button), false);
    await hands().clickButton('Review Again');
    await until('the new review', () => hands().enabled(button));
    await hands().clickButton(button);
    await says(new RegExp(`${left} saved`));
    await assertSaved(others, '07700 90030');
  });
});
