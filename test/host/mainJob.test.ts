import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/manifest';
import { type ApiServer, type RecordedRequest, startApiServer } from '../support/apiServer';
import { reset } from '../support/cleanWindow';
import { askedFor, askedTwice } from '../support/colleague';
import { hands } from '../support/hands';
import { enterToken, rowWith, run, setUrl, showOrganisation, signInWith } from '../support/host';
import { until } from '../support/until';

describe('the main job, in a real VS Code', () => {
  let server: ApiServer;
  let organisation: { id: string; attributes: { name: string } };
  let contact: { id: string; type: string; attributes: Record<string, string> };

  const ask = async (path: string) => {
    const response = await fetch(`${server.url}${path}`, { headers: { 'X-Session-Token': server.token } });
    return (await response.json()) as { data: (typeof organisation & typeof contact)[] };
  };
  const since = (start: number): RecordedRequest[] => askedFor(server, start);

  before(async () => {
    server = await startApiServer({ contacts: 250 });
    organisation = (await ask('/v3/orgs')).data[1] ?? assert.fail('no organisation');
    const { data } = await ask(`/v3/orgs/${organisation.id}/customers/contacts?limit=100&offset=0`);
    contact =
      data.find(({ attributes }) => attributes.first_name && attributes.last_name && attributes.email) ??
      assert.fail('no contact');
    server.requests.length = 0;
    await setUrl(server.url);
  });
  after(async () => {
    await reset();
    await server.stop();
  });

  it('signed out: the view invites to sign in, and nothing is sent', async () => {
    await run('ctrlHub.contacts.focus');
    await until('the welcome', async () =>
      /See and edit the contacts of your organisations[\s\S]*Sign In/.test(await hands.viewText()),
    );
    assert.deepEqual(await hands.rows(), []);
    assert.equal(server.requests.length, 0);
  });

  it('refuses a wrong token in its box, which stays open', async () => {
    const done = run(commandIds.signIn);
    await enterToken('a-wrong-token');
    await until('a refusal', async () => /refused this token/.test((await hands.quickInput()).message));
    await hands.press('Escape');
    await done;
  });

  it('signs in with the right one and lists the organisations', async () => {
    const start = server.requests.length;
    await signInWith(server.token);
    await showOrganisation(organisation.attributes.name);
    assert.deepEqual(askedTwice(server, start), []);
  });

  describe('signed in', () => {
    /** Opens the contact from its row. */
    async function open() {
      await hands.expand(organisation.attributes.name, contact.attributes.email ?? '');
      await hands.clickRow(contact.attributes.email ?? '');
      await until('the form', async () => (await hands.value('Email')) === contact.attributes.email);
    }
    before(async () => {
      if (await rowWith(organisation.attributes.name)) return;
      await signInWith(server.token);
      await showOrganisation(organisation.attributes.name);
    });

    it('asks for one page when an organisation is expanded', async () => {
      const start = server.requests.length;
      await hands.clickRow(organisation.attributes.name);
      const row = await until('the contact', () => rowWith(contact.attributes.email ?? ''));
      assert.match(
        String(row),
        new RegExp(`${contact.attributes.first_name} ${contact.attributes.last_name}`),
      );
      assert.deepEqual(
        since(start).map(({ method, path }) => `${method} ${path}`),
        [`GET /v3/orgs/${organisation.id}/customers/contacts?limit=100&offset=0`],
      );
    });

    it('opens a contact on what the API says now', async () => {
      await hands.expand(organisation.attributes.name, contact.attributes.email ?? '');
      const start = server.requests.length;
      await open();
      assert.equal(await hands.value('First name'), contact.attributes.first_name);
      const text = await hands.panelText();
      for (const word of [
        'Accounts',
        'Interactions',
        'Author',
        'Organisation',
        organisation.attributes.name,
        contact.id,
      ]) {
        assert.ok(text.includes(word), `the panel says nothing of ${word}`);
      }
      const [request, ...others] = since(start);
      assert.equal(others.length, 0);
      assert.equal(
        request?.path.split('?')[0],
        `/v3/orgs/${organisation.id}/customers/contacts/${contact.id}`,
      );
      assert.match(request?.path ?? '', /include=/);
    });

    it('saves with one reading and one PUT, exact in method, path, headers and body', async () => {
      await open();
      const start = server.requests.length;
      await hands.fill('Last name', ' Õunapuu ');
      await hands.clickButton('Save');
      await until('the message', async () => /Contact saved/.test(await hands.panelText()));
      const [read, put, ...others] = since(start);
      assert.equal(others.length, 0, 'two requests');
      assert.equal(read?.method, 'GET');
      assert.equal(put?.method, 'PUT');
      assert.equal(put?.path, `/v3/orgs/${organisation.id}/customers/contacts/${contact.id}`);
      assert.equal(put?.headers['content-type'], 'application/vnd.api+json');
      assert.equal(put?.headers['x-session-token'], server.token);
      const attributes = { ...contact.attributes, last_name: 'Õunapuu' };
      assert.deepEqual(put?.json, { data: { id: contact.id, type: contact.type, attributes } });
      // Then it shows the API's values in panel, title and row, without a new list.
      await until('the trimmed name', async () => (await hands.value('Last name')) === 'Õunapuu');
      await until('the row', () => rowWith(`${contact.attributes.first_name} Õunapuu`));
      const titles = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
      assert.ok(titles.includes(`${contact.attributes.first_name} Õunapuu`), titles.join());
      assert.equal(since(start).length, 2);
    });

    it('keeps what was typed when a save fails, at the field that the API named', async () => {
      await open();
      server.fault = ({ method }) =>
        method === 'PUT'
          ? {
              status: 422,
              body: {
                errors: [
                  { title: 'Invalid', detail: 'is not taken', source: { pointer: '/data/attributes/email' } },
                ],
              },
            }
          : undefined;
      await hands.fill('Email', 'kept@example.com');
      await hands.clickButton('Save');
      await until('the message', async () => /is not taken/.test(await hands.panelText()));
      server.fault = undefined;
      assert.equal(await hands.value('Email'), 'kept@example.com');
      await hands.clickButton('Revert');
      await until('the old value', async () => (await hands.value('Email')) === contact.attributes.email);
    });

    it('loads the next page when asked', async () => {
      await hands.expand(organisation.attributes.name, contact.attributes.email ?? '');
      const start = server.requests.length;
      await run(commandIds.loadMore, { organisationId: organisation.id });
      assert.deepEqual(
        since(start).map(({ path }) => path.split('?')[1]),
        ['limit=101&offset=99'],
      );
    });

    it('signing out empties the view', async () => {
      await run(commandIds.signOut);
      await until('no rows', async () => (await hands.rows()).length === 0);
    });
  });
});
