/** A contact of a list can be edited before it has been read, whatever the reading brings. */
import assert from 'node:assert/strict';
import { commandIds } from '../../src/manifest';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { askedTwice, type ContactRecord, colleague } from '../support/colleague';
import { hands } from '../support/hands';
import { rowWith, run, says, setUrl, showOrganisation, signInWith } from '../support/host';
import { until } from '../support/until';

describe('opening a contact while the network is slow', function () {
  this.timeout(60_000);
  let server: ApiServer;
  let organisation: ContactRecord;
  let contacts: readonly ContactRecord[];
  let contact: ContactRecord;
  let next = 0;
  /** Lets the answer go that is being held. */
  let release: () => void = () => undefined;

  const address = () => `/v3/orgs/${organisation.id}/customers/contacts/${contact.id}`;
  const text = (name: string) => String(contact.attributes[name]);

  before(async () => {
    server = await startApiServer({ contacts: 60 });
    organisation = (await colleague(server).organisations())[1] ?? assert.fail('no organisation');
    contacts = (await colleague(server).contacts(organisation.id)).filter(({ attributes }) =>
      /^[a-z.0-9]+@/.test(String(attributes.email)),
    );
    await setUrl(server.url);
    await signInWith(server.token);
    await showOrganisation(String(organisation.attributes.name));
    await hands.clickRow(String(organisation.attributes.name));
  });
  after(async () => {
    await run(commandIds.signOut);
    await setUrl(undefined);
    await server.stop();
  });
  beforeEach(async () => {
    contact = contacts[next++] ?? assert.fail('no more contacts');
    await until('the row', () => rowWith(text('email')));
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isFirst = true;
    server.hold = ({ method, path, headers }) => {
      if (method !== 'GET' || !path.startsWith(address()) || headers['x-colleague']) return undefined;
      if (!isFirst) return undefined;
      isFirst = false;
      return held;
    };
  });
  afterEach(async () => {
    release();
    server.hold = undefined;
    server.fault = undefined;
    await run('workbench.action.closeAllEditors');
  });

  async function open() {
    await hands.clickRow(text('email'));
    await until('the form', async () => (await hands.value('Email')) === text('email'));
    assert.match(await hands.panelText(), /Checking for changes…/);
  }

  it('shows the row at once, and takes the reading around what is being typed', async () => {
    await colleague(server).change(address(), { first_name: 'Meanwhile' });
    const start = server.requests.length;
    await open();
    await hands.fill('Telephone', '01632 960 777');
    release();
    await until('the end of the check', async () => !/Checking/.test(await hands.panelText()));
    assert.equal(await hands.value('Telephone'), '01632 960 777');
    assert.equal(await hands.focused(), 'telephone');
    assert.deepEqual(askedTwice(server, start), []);
    await hands.clickButton('Save');
    await says(/Contact saved/);
    const put =
      server.requests.findLast(({ method, headers }) => method === 'PUT' && !headers['x-colleague']) ??
      assert.fail('no PUT');
    const { attributes } = (put.json as { data: ContactRecord }).data;
    assert.deepEqual([attributes.first_name, attributes.telephone], ['Meanwhile', '01632 960 777']);
    await until('the first name', async () => (await hands.value('First name')) === 'Meanwhile');
  });

  it('asks, where a colleague changed what was typed on the row', async () => {
    await colleague(server).change(address(), { last_name: 'Newer' });
    await open();
    await hands.fill('Last name', 'Mine');
    release();
    await says(/Newer/);
    const puts = server.requests.filter(({ method }) => method === 'PUT').length;
    await hands.clickButton('Save');
    await says(/Somebody else changed this too/);
    assert.equal(server.requests.filter(({ method }) => method === 'PUT').length, puts);
    await hands.clickButton('Keep all mine');
    await says(/Contact saved/);
  });

  it('can be edited and saved when the reading failed, and says that it may be out of date', async () => {
    server.hold = undefined;
    server.fault = ({ method, path, headers }) =>
      method === 'GET' && path.startsWith(address()) && !headers['x-colleague']
        ? { drop: 'before' }
        : undefined;
    await hands.clickRow(text('email'));
    await says(/may be out of date: it was read at \d/);
    await hands.fill('Last name', 'Typed');
    server.fault = undefined;
    await hands.clickButton('Save');
    await says(/Contact saved/);
    assert.doesNotMatch(await hands.panelText(), /out of date/);
  });

  it('keeps what was typed on the row of a contact that was deleted', async () => {
    server.fault = ({ path }) =>
      path.startsWith(address()) ? { status: 404, body: { errors: [{ title: 'Not found' }] } } : undefined;
    await open();
    await hands.fill('Last name', 'Kept');
    release();
    await says(/deleted in Ctrl Hub.*What you typed.*Kept/s);
    await run(commandIds.revert);
    await until('nothing typed', async () => !/Kept/.test(await hands.panelText()));
  });
});
