import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/manifest';
import { type ApiServer, type Fault, startApiServer } from '../support/apiServer';
import { reset } from '../support/cleanWindow';
import { asked, type ContactRecord, colleague } from '../support/colleague';
import { newGate } from '../support/gate';
import { hands } from '../support/hands';
import {
  chooseWay,
  enter,
  mayLookAgain,
  run,
  says,
  setUrl,
  showOrganisation,
  signInWith,
} from '../support/host';
import { until } from '../support/until';

describe('related records and history, in a real VS Code', () => {
  let server: ApiServer;
  let other: ReturnType<typeof colleague>;
  let organisationId: string;
  let organisation: string;
  let contacts: ContactRecord[];
  let start = 0;

  before(async () => {
    server = await startApiServer({ contacts: 60 });
    other = colleague(server);
    const [first] = await other.organisations();
    organisationId = first?.id ?? assert.fail('no organisation');
    organisation = String(first?.attributes.name);
    contacts = await other.contacts(organisationId);
    server.fault = ({ path }) => (path.startsWith('/v3/audit-events') ? { status: 403 } : undefined);
    await setUrl(server.url);
    await signInWith(server.token);
  });
  after(async () => {
    await reset();
    await server.stop();
  });

  async function open(n: number): Promise<ContactRecord> {
    const contact = contacts[n] ?? assert.fail('no more contacts');
    await run('workbench.action.closeAllEditors');
    await run(commandIds.open, { ref: { organisationId, contactId: contact.id } });
    await until('the form', async () => (await hands.panelText()).includes(contact.id));
    await until('the field', async () => typeof (await hands.value('First name')) === 'string');
    start = server.requests.length;
    return contact;
  }
  const nameOf = ({ attributes }: ContactRecord) => `${attributes.first_name} ${attributes.last_name}`;
  const clickFirst = (selector: string) =>
    hands.inPanel<void>(`document.querySelector(${JSON.stringify(selector)}).click()`);
  const sent = (method: string) =>
    server.requests.slice(start).filter((one) => one.method === method && !one.headers['x-colleague']);
  const onPost = (fault: Fault) => {
    server.fault = ({ method }) => (method === 'POST' ? fault : undefined);
  };
  const audits = () => server.requests.filter(({ path }) => path.startsWith('/v3/audit-events')).length;

  it('there is no trace of a history that may not be read, and it is asked for once', async () => {
    await open(6);
    await until('the question', () => audits() === 1);
    await until('the answer', () => server.pending === 0);
    assert.doesNotMatch(await hands.panelText(), /History/);
    await open(7);
    // It would be asked for a second after the panel came.
    await mayLookAgain();
    await until('all answers', () => server.pending === 0);
    assert.doesNotMatch(await hands.panelText(), /History/);
    assert.equal(audits(), 1);
    server.fault = undefined;
  });

  it('an account is called by its other contacts, lists them, and opens them', async () => {
    await open(0);
    const name = nameOf(contacts[1] ?? assert.fail());
    await until('its name', async () => (await hands.panelText()).includes(name));
    await clickFirst('[id^="fold-"]');
    await until('the contact', () => hands.enabled(name));
    await hands.clickButton(name);
    await until('its panel', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === name);
    await until('its form', async () => (await hands.panelText()).includes(contacts[1]?.id ?? ''));
  });

  const takeContact = () =>
    enter(async () => (await hands.quickInput()).placeholder === 'Choose the account');

  it('an account of another contact is linked, found by that contact', async () => {
    await open(2);
    const theirs = contacts[8] ?? assert.fail();
    const path = `/v3/orgs/${organisationId}/customers/contacts/${theirs.id}`;
    const accountId = (await other.read(path)).relationships?.accounts?.data[0]?.id ?? assert.fail();
    await hands.clickButton('Link Account…');
    await until('the list', async () => (await hands.quickInput()).rows.length > 1);
    await hands.type(nameOf(theirs));
    await until('the contact', async () => (await hands.quickInput()).rows[0]?.includes(nameOf(theirs)));
    await takeContact();
    // The row shows only the ID until the account is read.
    await until('its account, by that contact', async () => {
      const { rows } = await hands.quickInput();
      return rows.length === 1 && rows[0]?.includes(accountId) && rows[0].includes(nameOf(theirs));
    });
    await hands.press('Enter');
    await until('the end', () => says(/Account linked/));
    assert.equal(sent('POST').length, 1);
    assert.ok(sent('POST')[0]?.path.includes(accountId));
    // An account that is already linked is not offered.
    await hands.clickButton('Link Account…');
    await until('the list', async () => (await hands.quickInput()).rows.length > 1);
    await hands.type(nameOf(theirs));
    await until('the contact', async () => (await hands.quickInput()).rows[0]?.includes(nameOf(theirs)));
    await takeContact();
    await until('none', async () => /no other account/.test((await hands.quickInput()).rows[0] ?? ''));
    await hands.press('Escape');
  });

  it('an interaction is logged with one POST and is in the list', async () => {
    await open(2);
    await hands.clickButton('Log Interaction…');
    await until('the focus in it', async () => (await hands.focused()) === 'interaction--method');
    await hands.fill('Notes', 'Asked about the meter');
    await hands.clickButton('Log Interaction');
    await says(/Interaction logged/);
    assert.match(
      await hands.panelText(),
      /· Telephone · Inbound · Completed\s*Asked about the meter/,
      'in the words of the form',
    );
    const named = await hands.inPanel<string[]>(
      '[...document.querySelectorAll("[id^=edit-]")].map((button) => button.ariaLabel)',
    );
    assert.ok(
      named.some((name) => name.endsWith(' · Telephone · Inbound · Completed')),
      'and so for a screen reader',
    );
    assert.equal(sent('POST').length, 1);
    await until('the focus back', async () => (await hands.focused()) === 'add-interactions');
  });

  it('one that is refused is explained in place and kept, also when the panel is closed', async () => {
    const contact = await open(3);
    onPost({
      status: 400,
      body: { errors: [{ status: '400', title: 'x', detail: 'status must be one of: a, b' }] },
    });
    await hands.clickButton('Log Interaction…');
    await hands.fill('Notes', 'Not to be lost');
    await hands.clickButton('Log Interaction');
    await says(/did not accept this.*status must be one of: a, b/s);
    await showOrganisation(organisation);
    await hands.clickRow(organisation);
    const marked = async () =>
      (await hands.rows()).some((row) => row.includes(nameOf(contact)) && row.includes('Unsaved'));
    await until('the mark in the list', marked);
    await open(3);
    await until('what was typed', async () => (await hands.value('Notes')) === 'Not to be lost');
    server.fault = undefined;
    await hands.clickButton('Log Interaction');
    await says(/Interaction logged/);
    assert.equal(sent('POST').length, 1);
    await until('the mark gone', async () => !(await marked()));
  });

  it('one whose answer was lost is not sent again: Ctrl Hub is looked at', async () => {
    await open(5);
    onPost({ drop: 'after', carriedOut: true });
    await hands.clickButton('Log Interaction…');
    await hands.fill('Notes', 'Where is it');
    await hands.clickButton('Log Interaction');
    await says(/not known whether the interaction was logged/);
    server.fault = undefined;
    await hands.clickButton('Look in Ctrl Hub');
    await says(/Interaction logged/);
    assert.equal(sent('POST').length, 1);
  });

  it('notes that a colleague changed too are asked about', async () => {
    await open(4);
    await until('an interaction', () => hands.inPanel<boolean>('!!document.querySelector("[id^=edit-]")'));
    const shown = await hands.inPanel<string>('document.querySelector("[id^=edit-]").id.slice(5)');
    const path = `/v3/orgs/${organisationId}/customers/interactions/${shown}`;
    await clickFirst('[id^="edit-"]');
    await hands.fill('Notes', 'Mine');
    await other.change(path, { notes: 'A colleague’s' });
    await hands.clickButton('Save Notes');
    await says(/A colleague’s.*Somebody else changed this too/s);
    assert.equal(sent('PUT').length, 0);
    await hands.clickButton('Mine');
    await says(/Notes saved/);
    assert.equal((await other.read(path)).attributes.notes, 'Mine');
  });

  it('what was typed of one is there, a line a field, where the contact is not', async () => {
    await open(8);
    await hands.clickButton('Log Interaction…');
    await hands.fill('Status', 'scheduled');
    await run('workbench.action.closeAllEditors');
    const { id = '' } = contacts[8] ?? {};
    server.fault = ({ method, path }) =>
      method === 'GET' && path.includes(`/contacts/${id}`) ? { status: 404, body: {} } : undefined;
    await run(commandIds.open, { ref: { organisationId, contactId: id } });
    const text = await says(/What you typed/);
    assert.match(text, /What you typedStatusScheduled/);
    assert.doesNotMatch(text, /Notes/);
    server.fault = undefined;
    await hands.clickButton('Retry');
    await until('the form', async () => (await hands.value('Status')) === 'scheduled');
    await hands.clickButton('Discard');
  });

  it('notes of one that is not listed any more can be copied, and thrown away', async () => {
    const contact = await open(9);
    await until('an interaction', () => hands.inPanel<boolean>('!!document.querySelector("[id^=edit-]")'));
    const gone = await hands.inPanel<string>('document.querySelector("[id^=edit-]").id.slice(5)');
    await clickFirst('[id^="edit-"]');
    await hands.fill('Notes', 'Not to be lost with it');
    await run('workbench.action.closeAllEditors');
    const path = `/v3/orgs/${organisationId}/customers/contacts/${contact.id}`;
    const { relationships = {}, ...data } = await other.read(path);
    const interactions = { data: relationships.interactions?.data.filter(({ id }) => id !== gone) };
    const body = { data: { ...data, relationships: { ...relationships, interactions } } };
    server.fault = (request) =>
      request.method === 'GET' && request.path.startsWith(path) ? { body } : undefined;
    await open(9);
    await says(/This interaction is not listed any more.*NotesNot to be lost with it/s);
    await hands.clickButton('Copy what I typed');
    await until(
      'the copy',
      async () => (await vscode.env.clipboard.readText()) === 'Notes: Not to be lost with it',
    );
    await hands.clickButton('Discard');
    await until('nothing', async () => !/not listed any more/.test(await hands.panelText()));
    server.fault = undefined;
  });

  let free = () => {};
  // This also runs after a test that failed, because other tests need the extension host.
  afterEach(() => free());

  /** Keeps the extension host busy for most of the time. */
  function busy(): void {
    const timer = setInterval(() => {
      for (const end = performance.now() + 50; performance.now() < end; );
    }, 60);
    free = () => clearInterval(timer);
  }

  for (const [label, selector] of [
    ['First name', '#first_name'],
    ['Notes', 'textarea'],
  ] as const)
    it(`keys in ${label} that are on their way while the form is made anew by a busy host are kept`, async () => {
      await open(10);
      await until('an interaction', () => hands.inPanel<boolean>('!!document.querySelector("[id^=edit-]")'));
      if (label === 'Notes') await clickFirst('[id^="edit-"]');
      await hands.fill(label, 'An hour of typing');
      server.fault = () => ({ status: 401, body: {} });
      await hands.clickButton(label === 'Notes' ? 'Save Notes' : 'Save');
      await says(label === 'Notes' ? /Your session has ended/ : /What you typed is kept/);
      const done = run(commandIds.signIn);
      await chooseWay('Session token');
      await until('the token box', async () => (await hands.quickInput()).inputType === 'password');
      await hands.type(server.token);
      // A save that waits for the session continues automatically, and must not meet the test's colleague. The
      // answers to the sign-in wait until the host is busy and the page types.
      const gate = newGate();
      const isOfContact = (path: string) => path.includes('/contacts/');
      server.fault = ({ method, path }) =>
        method === 'PUT'
          ? { status: 400, body: { errors: [{ status: '400', title: 'Not now' }] } }
          : isOfContact(path)
            ? { delay: 1_000 }
            : { held: gate.opened };
      const before = server.requests.length;
      await enter(async () => asked(server, before).some(({ path }) => !isOfContact(path)));
      // The page types faster than any user while there is a form, so that the last keys arrive after it has
      // ended. Without an interval, a slow computer would have more keys to handle than it ever can.
      await hands.inPanel<void>(`void setInterval(() => {
        const box = document.querySelector('${selector}');
        if (box === null || window.isOver) return void (window.isOver = true);
        window.typed = box.value += '.';
        box.dispatchEvent(new Event('input', { bubbles: true }));
      }, 20)`);
      busy();
      try {
        gate.open();
        await done;
        await until('no form', () => hands.inPanel<boolean>('window.isOver'));
        const typed = await hands.inPanel<string>('window.typed');
        await until('the form again', async () => (await hands.value(label)) !== null);
        assert.equal(await hands.value(label), typed, 'what was typed stays on screen');
        await run('workbench.action.closeAllEditors');
        await open(10);
        await until('what the host has', async () => (await hands.value(label)) === typed);
      } finally {
        free();
        server.fault = undefined;
      }
      await hands.clickButton(label === 'Notes' ? 'Discard' : 'Revert');
    });

  it('a key that comes after its form ended finds a form', async () => {
    await open(11);
    await hands.clickButton('Log Interaction…');
    await hands.fill('Notes', 'Asked about the meter');
    await hands.inPanel<void>(`(() => {
      const box = document.querySelector('textarea');
      [...document.querySelectorAll('form button')].find((button) => button.textContent === 'Discard').click();
      box.value += '!';
      box.dispatchEvent(new Event('input', { bubbles: true }));
    })()`);
    await run('workbench.action.closeAllEditors');
    await open(11);
    await until('the text', async () => (await hands.value('Notes')) === 'Asked about the meter!');
    assert.equal(await hands.value('Status'), 'completed');
    await hands.clickButton('Discard');
  });

  it('two hundred interactions are shown ten at a time, newest first', async () => {
    await open(4);
    const times = () =>
      hands.inPanel<string[]>(
        '[...document.querySelectorAll(".relationship time")].map((time) => time.dateTime).slice(0, 40)',
      );
    await until('ten', async () => (await times()).length === 10);
    await hands.clickButton('Show 10 more');
    const all = await until('twenty', async () => (await times()).length === 20 && times());
    const moments = all.map((time) => Date.parse(time));
    assert.deepEqual(moments, moments.toSorted().toReversed());
  });

  it('tells who changed what, where it may be read, and whose the other side of a conflict is', async () => {
    server.fault = undefined;
    await run('workbench.action.closeAllEditors');
    await run(commandIds.signOut);
    await signInWith(server.token);
    const contact = await open(0);
    await until('the section', () => hands.enabled('History'));
    await hands.clickButton('History');
    await says(/· Changed.*· Created/s);
    await hands.fill('First name', 'Mine');
    const path = `/v3/orgs/${organisationId}/customers/contacts/${contact.id}`;
    await other.change(path, { first_name: 'Theirs' });
    await hands.clickButton('Save');
    await says(/Theirs.*changed by \S+ \S+/s);
    await hands.clickButton('Take all theirs');
  });
});
