import assert from 'node:assert/strict';
import { commandIds } from '../../src/manifest';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { reset } from '../support/cleanWindow';
import { asked, askedFor, type ContactRecord, colleague } from '../support/colleague';
import { hands } from '../support/hands';
import {
  enterToken,
  mayLookAgain,
  rowWith,
  run,
  says,
  setUrl,
  showOrganisation,
  signInWith,
} from '../support/host';
import { until } from '../support/until';

describe('never losing an edit, in a real VS Code', () => {
  let server: ApiServer;
  let other: ReturnType<typeof colleague>;
  let organisationId: string;
  let contacts: ContactRecord[];
  let contact: ContactRecord;
  let path: string;
  let next = 0;

  before(async () => {
    server = await startApiServer({ contacts: 60 });
    other = colleague(server);
    const [organisation] = await other.organisations();
    organisationId = organisation?.id ?? assert.fail('no organisation');
    contacts = (await other.contacts(organisationId)).filter(
      ({ attributes }) => attributes.first_name && attributes.last_name && attributes.email,
    );
    await setUrl(server.url);
    await signInWith(server.token);
    const name = String(organisation?.attributes.name);
    await showOrganisation(name);
    await hands.clickRow(name);
    await until('the contacts', () => rowWith(String(contacts[0]?.attributes.email)));
  });
  after(async () => {
    await reset();
    await server.stop();
  });
  beforeEach(async () => {
    contact = contacts[next++] ?? assert.fail('no more contacts');
    path = `/v3/orgs/${organisationId}/customers/contacts/${contact.id}`;
    server.fault = undefined;
    await run('workbench.action.closeAllEditors');
    await open();
  });

  async function open() {
    await run(commandIds.open, { ref: { organisationId, contactId: contact.id } });
    await until('the form', async () => (await hands.panelText()).includes(contact.id));
    await until('the field', async () => typeof (await hands.value('First name')) === 'string');
  }
  const puts = (start: number) => asked(server, start).filter(({ method }) => method === 'PUT');
  const attributesNow = async () => (await other.read(path)).attributes;

  it('closing a panel asks nothing and loses nothing; the tree says who is unsaved', async () => {
    await hands.fill('First name', 'Kept');
    await run('workbench.action.closeAllEditors');
    const description = await until('the row', () => rowWith('Unsaved'));
    assert.match(String(description), new RegExp(String(contact.attributes.last_name)));
    await open();
    await says(/Unsaved since/);
    assert.equal(await hands.value('First name'), 'Kept');
    assert.match(await hands.panelText(), new RegExp(`was “${contact.attributes.first_name}”`));
    assert.equal((await attributesNow()).first_name, contact.attributes.first_name);
    await hands.clickButton('Revert First name');
    await until(
      'the old value',
      async () => (await hands.value('First name')) === contact.attributes.first_name,
    );
    await until('no mark', async () => !(await rowWith('Unsaved')));
  });

  it('"Revert" reverts all and can be undone', async () => {
    await hands.fill('First name', 'One');
    await hands.fill('Last name', 'Two');
    await hands.clickButton('Revert');
    await says(/Changes reverted/);
    assert.equal(await hands.value('Last name'), contact.attributes.last_name);
    await hands.clickButton('Undo');
    await until('both again', async () => (await hands.value('Last name')) === 'Two');
    assert.equal(await hands.value('First name'), 'One');
    await hands.clickButton('Revert');
    await says(/Changes reverted/);
  });

  it('keeps "Undo" until the next edit, however often Save is asked for', async () => {
    const saveAgain = async () => {
      await hands.press('Control+s');
      await run(commandIds.save);
    };
    await hands.fill('First name', 'Once');
    await hands.press('Control+s');
    await says(/Contact saved/);
    await saveAgain();
    assert.match(await hands.panelText(), /Contact saved.*Undo/s);
    assert.ok(!(await hands.enabled('Save')));
    await hands.clickButton('Undo');
    await until(
      'the old value',
      async () => (await hands.value('First name')) === contact.attributes.first_name,
    );
    await hands.fill('First name', 'Twice');
    await hands.clickButton('Revert');
    await says(/Changes reverted/);
    await saveAgain();
    await hands.clickButton('Undo');
    await until('what was typed', async () => (await hands.value('First name')) === 'Twice');
    await hands.clickButton('Revert');
  });

  it('calls nothing somebody else’s that was chosen here while the panel was looked at', async () => {
    await hands.fill('Email', 'mine@example.org');
    await other.change(path, { email: 'theirs@example.org' });
    await hands.clickButton('Save');
    await says(/Somebody else changed this too/);
    await mayLookAgain();
    let looks = 0;
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.hold = ({ method }) => (method === 'GET' && looks++ === 0 ? held : undefined);
    await run('workbench.action.files.newUntitledFile');
    await run('workbench.action.closeActiveEditor');
    await until('the look', () => looks === 1);
    await until('the question', () => hands.enabled('Keep all mine'));
    await hands.clickButton('Keep all mine');
    await says(/Contact saved/);
    answer();
    // The host has the answer before it has what is typed after it.
    await until('the answer', () => server.pending === 0);
    await hands.fill('Last name', 'Typed after it');
    await says(/Unsaved since/);
    assert.doesNotMatch(await hands.panelText(), /Changed by somebody else/);
    assert.equal((await attributesNow()).email, 'mine@example.org');
    await hands.clickButton('Revert');
  });

  it('takes over what a colleague changed in another field, and says which', async () => {
    await hands.fill('First name', 'Mine');
    await other.change(path, { telephone: '07700 900555', notes: 'theirs' });
    const start = server.requests.length;
    await hands.clickButton('Save');
    const text = await says(/Contact saved/);
    assert.match(text, /Changed by somebody else meanwhile:.*Telephone/);
    assert.deepEqual(
      askedFor(server, start).map(({ method }) => method),
      ['GET', 'PUT'],
    );
    const sent = puts(start)[0]?.json as { data: ContactRecord };
    assert.deepEqual(sent.data.attributes, {
      ...contact.attributes,
      first_name: 'Mine',
      telephone: '07700 900555',
      notes: 'theirs',
    });
    assert.equal(await hands.value('Telephone'), '07700 900555');
  });

  it('sends nothing when both changed a field, until the person chose', async () => {
    await hands.fill('First name', 'Mine');
    await hands.fill('Last name', 'Also Mine');
    await other.change(path, { first_name: 'Theirs', last_name: 'Theirs Too' });
    const start = server.requests.length;
    await hands.clickButton('Save');
    const text = await says(/Somebody else changed this too/);
    for (const value of [String(contact.attributes.first_name), 'Mine', 'Theirs'])
      assert.ok(text.includes(value));
    assert.deepEqual(puts(start), []);
    await hands.choose('First name', 'Theirs');
    await hands.choose('Last name', 'Mine');
    await hands.clickButton('Save');
    await says(/Contact saved/);
    assert.equal(puts(start).length, 1);
    const now = await attributesNow();
    assert.equal(now.first_name, 'Theirs');
    assert.equal(now.last_name, 'Also Mine');
  });

  it('asked to save by key or command while there is a choice, it keeps what was chosen', async () => {
    await hands.fill('First name', 'Mine');
    await hands.fill('Last name', 'Also Mine');
    await other.change(path, { first_name: 'Theirs', last_name: 'Theirs Too' });
    const start = server.requests.length;
    await hands.press('Control+s');
    await says(/Somebody else changed this too/);
    await hands.choose('First name', 'Other');
    await hands.fill('Another value for First name', 'A Third');
    const isAtTheLast = () => until('the focus', async () => (await hands.focused()) === 'last_name-mine');
    await hands.press('Control+s');
    await isAtTheLast();
    await hands.fill('Telephone', '07700 900777');
    await run(commandIds.save);
    await isAtTheLast();
    assert.equal(await hands.value('Another value for First name'), 'A Third');
    assert.deepEqual(puts(start), []);
    await hands.choose('Last name', 'Mine');
    await hands.press('Control+s');
    await says(/Contact saved/);
    assert.equal(puts(start).length, 1);
    const { first_name, last_name, telephone } = await attributesNow();
    assert.deepEqual([first_name, last_name, telephone], ['A Third', 'Also Mine', '07700 900777']);
  });

  it('"Undo" after a save puts the old values back, and no others', async () => {
    await hands.fill('First name', 'Changed');
    await hands.clickButton('Save');
    await says(/Contact saved/);
    await other.change(path, { telephone: '07700 900777' });
    await hands.clickButton('Undo');
    await until(
      'the old value',
      async () => (await attributesNow()).first_name === contact.attributes.first_name,
    );
    assert.equal((await attributesNow()).telephone, '07700 900777');
    await says(/Contact saved/);
  });

  it('an "Undo" that meets a colleague’s change of the same field asks', async () => {
    await hands.fill('First name', 'Changed');
    await hands.clickButton('Save');
    await says(/Contact saved/);
    await other.change(path, { first_name: 'Theirs' });
    await hands.clickButton('Undo');
    await says(/Somebody else changed this too/);
    assert.equal((await attributesNow()).first_name, 'Theirs');
    await hands.clickButton('Take all theirs');
    await until('theirs', async () => (await hands.value('First name')) === 'Theirs');
  });

  it('what is typed during a save stays, also when it is what stood there before', async () => {
    const before = String(contact.attributes.first_name);
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.hold = ({ method }) => (method === 'PUT' ? held : undefined);
    await hands.fill('First name', 'Sent');
    await hands.clickButton('Save');
    await says(/Saving…/);
    await hands.fill('First name', before);
    await hands.fill('Last name', 'Typed Meanwhile');
    await until('the save', async () => (await attributesNow()).first_name === 'Sent');
    answer();
    await says(/was “Sent”/);
    await says(/Unsaved since/);
    assert.equal(await hands.value('First name'), before);
    assert.equal(await hands.value('Last name'), 'Typed Meanwhile');
    assert.match(await hands.panelText(), /was “Sent”/);
    server.fault = undefined;
    await hands.clickButton('Save');
    await says(/Contact saved/);
    const now = await attributesNow();
    assert.deepEqual([now.first_name, now.last_name], [before, 'Typed Meanwhile']);
  });

  it('an address that is certainly wrong is said at its field, and nothing is sent', async () => {
    await hands.fill('Email', 'nonsense');
    await says(/An email address must contain an @/);
    await hands.fill('First name', 'X');
    const start = server.requests.length;
    await hands.press('Control+s');
    await says(/Not saved\. Correct the marked fields first/);
    await until('the focus', async () => (await hands.focused()) === 'email');
    assert.deepEqual(askedFor(server, start), []);
    await hands.fill('First name', 'Y');
    await hands.press('Control+s');
    await until('the focus again', async () => (await hands.focused()) === 'email');
    await hands.fill('Email', 'good@example.org');
    await hands.clickButton('Save');
    await says(/Contact saved/);
    assert.equal((await attributesNow()).email, 'good@example.org');
  });

  it('empties a field as the API expects it', async () => {
    await other.change(path, { telephone: '07700 900123' });
    await run(commandIds.refresh);
    await run('workbench.action.closeAllEditors');
    await open();
    await until('the number', async () => (await hands.value('Telephone')) === '07700 900123');
    await hands.fill('Telephone', '');
    await hands.clickButton('Save');
    await says(/Contact saved/);
    assert.equal((await attributesNow()).telephone, '');
  });

  it('signed out in the middle: a token says nothing of whose it is, so the save waits for the person', async () => {
    let revoked = true;
    server.fault = () =>
      revoked ? { status: 401, body: { errors: [{ status: '401', title: 'Unauthorised' }] } } : undefined;
    await hands.fill('First name', 'Still Here');
    await hands.clickButton('Save');
    await says(/What you typed is kept/);
    await hands.clickButton('Sign In');
    revoked = false;
    const start = server.requests.length;
    await enterToken(server.token);
    await until('the form', async () => (await hands.value('First name')) === 'Still Here');
    await until('Save', () => hands.enabled('Save'));
    assert.equal(puts(start).length, 0, 'nothing is sent before the person asks for it');
    await hands.clickButton('Save');
    await says(/Contact saved/);
    assert.equal((await attributesNow()).first_name, 'Still Here');
  });

  it('waits as told, and then saves by itself, once', async () => {
    let refusals = 1;
    server.fault = ({ method }) =>
      method === 'PUT' && refusals-- > 0
        ? { status: 429, headers: { 'retry-after': '1' }, body: {} }
        : undefined;
    await hands.fill('First name', 'Patient');
    const start = server.requests.length;
    await hands.clickButton('Save');
    await says(/Ctrl Hub asks to wait/);
    await says(/Contact saved/);
    assert.equal(puts(start).length, 2, 'the refused one and the one that was taken');
  });

  it('lists what is unsaved, and saves one from there', async () => {
    await hands.fill('First name', 'Listed');
    await run('workbench.action.closeAllEditors');
    const shown = run(commandIds.showDrafts);
    const { rows } = await until('the list', async () => {
      const box = await hands.quickInput();
      return box.rows.length > 0 && box;
    });
    assert.equal(rows.length, 1);
    assert.match(rows[0] ?? '', /First name: Listed/);
    await hands.rowButton('First name: Listed', 'Save');
    await until('saved', async () => (await attributesNow()).first_name === 'Listed');
    await until('an empty list', async () => (await hands.quickInput()).rows.length === 0);
    await hands.press('Escape');
    await shown;
  });
});
