import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { newSecret } from '../../scripts/lib/canary.mjs';
import { commandIds } from '../../src/manifest';
import { createSandbox } from '../../src/sandbox/sandbox';
import { type ApiServer, startApiServer, untilQuiet } from '../support/apiServer';
import { reset } from '../support/cleanWindow';
import { asked, type ContactRecord, colleague } from '../support/colleague';
import { hands } from '../support/hands';
import { rowWith, run, setUrl, showOrganisation, signInWith } from '../support/host';
import { until } from '../support/until';

/** The sandbox as an API that can filter by email address. */
function withAddressFilter(token: string) {
  const sandbox = createSandbox({ contacts: 1500, token });
  return async (request: Request) => {
    const url = new URL(request.url);
    const address = url.searchParams.get('filter[email]');
    if (address !== null) url.searchParams.set('limit', '500');
    const answer = await sandbox.fetch(new Request(url, request));
    if (!url.pathname.endsWith('/contacts')) return answer;
    const body = (await answer.json()) as {
      data: ContactRecord[];
      meta: { features: { params: { filter: { options: string[] } } }; pagination: unknown };
    };
    body.meta.features.params.filter.options = ['email'];
    if (address === null) return Response.json(body);
    const data = body.data.filter(({ attributes }) => attributes.email === address);
    return Response.json({ data, meta: { pagination: { counts: { resources: data.length } } } });
  };
}

describe('what is on screen, over time, in a real VS Code', () => {
  let server: ApiServer;
  let other: ReturnType<typeof colleague>;
  let organisation: ContactRecord;
  let name: string;

  const setMinutes = (minutes: number | undefined) =>
    vscode.workspace
      .getConfiguration('ctrlHub')
      .update('refreshAfterMinutes', minutes, vscode.ConfigurationTarget.Global);
  const lists = (start: number) =>
    asked(server, start).filter(({ path }) => path.includes('/customers/contacts?'));
  const nextContact = async () => (await other.contacts(organisation.id))[3] ?? assert.fail('no contact');

  async function begin(options: Parameters<typeof startApiServer>[0], which: number) {
    server = await startApiServer(options);
    other = colleague(server);
    organisation = (await other.organisations())[which] ?? assert.fail('no organisation');
    name = String(organisation.attributes.name);
    await setUrl(server.url);
    await signInWith(server.token);
    await showOrganisation(name);
  }
  afterEach(async () => {
    await reset();
    await server.stop();
  });
  const expand = async () => {
    await hands.expand(name, '@');
  };

  it('counts an organisation once its first page is here', async () => {
    await begin({ contacts: 700 }, 2);
    await expand();
    await until('the count', async () => /700$/.test((await rowWith(name)) ?? ''));
  });

  it('asks for what is open only, and changes a row in place', async () => {
    await begin({ contacts: 700 }, 2);
    await expand();
    const contact = await nextContact();
    const path = `/v3/orgs/${organisation.id}/customers/contacts/${contact.id}`;
    await other.change(path, { first_name: 'Zebedee' });
    const start = server.requests.length;
    await run(commandIds.refresh);
    await until('the new name', () => rowWith('Zebedee'));
    assert.deepEqual(
      lists(start).map((request) => request.path),
      [`/v3/orgs/${organisation.id}/customers/contacts?limit=100&offset=0`],
    );
    assert.ok(asked(server, start).length <= 2, 'the organisations and one page');
  });

  it('opens what is clicked also while the list is drawn anew', async () => {
    await begin({ contacts: 700 }, 2);
    await expand();
    // Rows of another server may still be visible; an earlier test gave this name to one of them.
    const rows = await until('the rows of this server', async () => {
      const all = (await hands.rows()).filter((row) => row.includes('@')).slice(0, 6);
      return all.length === 6 && !all.some((row) => row.includes('Zebedee')) && all;
    });
    for (const row of rows) {
      const drawn = run(commandIds.refresh);
      await hands.clickRow(row);
      await drawn;
      const [name = ''] = row.split(/(?=[\w.]+@)/);
      await until(`the panel of ${row}`, async () =>
        vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes(name.trim().split(' ')[0] ?? ''),
      );
    }
  });

  it('keeps the rows with their age while the API is away, and comes alive again by itself', async () => {
    await begin({ contacts: 700 }, 2);
    await expand();
    const before = (await hands.rows()).filter((row) => row.includes('@'));
    server.fault = () => ({ drop: 'before' });
    await run(commandIds.refresh);
    await until('the age', async () => /as of \d+:\d\d/.test((await rowWith(name)) ?? ''));
    const rows = await hands.rows();
    assert.ok(
      before.slice(0, 5).every((row) => rows.includes(row)),
      'the rows stay',
    );
    server.fault = undefined;
    await until('no age any more', async () => !/as of/.test((await hands.rows()).join(' ')));
  });

  it('reads what has grown old when it comes into sight, never before, and not at all for 0', async () => {
    await begin({ contacts: 300 }, 2);
    await expand();
    await setMinutes(0.01);
    await run('workbench.view.explorer');
    const hidden = server.requests.length;
    const since = performance.now();
    await until('an age of 0.01 minutes', () => performance.now() - since > 600);
    assert.equal(server.requests.length, hidden, 'nothing while it is hidden');
    await run('ctrlHub.contacts.focus');
    await until('a fresh page', async () => lists(hidden).length > 0);
    await until('fresh organisations', async () =>
      asked(server, hidden).some(({ path }) => path.startsWith('/v3/orgs?')),
    );
    await setMinutes(0);
    await run('workbench.view.explorer');
    await untilQuiet(server);
    const start = server.requests.length;
    await run('ctrlHub.contacts.focus');
    await until('the rows', () => rowWith(name));
    assert.deepEqual(
      asked(server, start).map(({ path }) => path),
      [],
    );
    // The refresh because of age comes before the one that is asked for here.
    await run(commandIds.refresh);
    await until('the answers', () => server.pending === 0 && lists(start).length > 0);
    assert.equal(lists(start).length, 1);
  });

  it('shows what the API answers to an email address at once, and reads the rest for others that hold it', async () => {
    const token = newSecret();
    await begin({ token, handler: withAddressFilter(token) }, 2);
    await expand();
    const wanted = (await other.contacts(organisation.id))[42]?.attributes ?? assert.fail('no contact');
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.hold = ({ path }) => (/contacts\?.*offset=[1-9]/.test(path) ? held : undefined);
    const start = server.requests.length;
    const done = run(commandIds.find, { organisationId: organisation.id });
    await until('the box', async () => (await hands.quickInput()).rows.length > 0);
    await hands.type(String(wanted.email));
    await until('one', async () => {
      const { rows } = await hands.quickInput();
      return rows.length === 1 && rows[0]?.includes(String(wanted.last_name));
    });
    release();
    await until('all of them', async () => (await hands.quickInput()).title.endsWith('1,500 contacts'));
    await hands.press('Escape');
    await done;
    const [question = '', ...rest] = lists(start).map(({ path }) => path);
    assert.match(question, /filter/);
    assert.ok(rest.length > 0 && rest.every((path) => !path.includes('filter')));
    assert.equal(new Set(rest).size, rest.length, 'each once');
    const box = run(commandIds.filter, { organisationId: organisation.id });
    await until('the box', async () => /Filter Contacts/.test((await hands.quickInput()).title));
    await hands.type(String(wanted.email));
    await hands.press('Enter');
    await box;
    await until('the row', () => rowWith(String(wanted.last_name)));
    await until('the words', async () => /1 of 1,500 match/.test(await hands.viewText()));
    assert.equal(lists(start).length, 1 + rest.length, 'all is here');
  });

  it('a whole load can be cancelled, and goes on when somebody asks', async () => {
    await begin({ contacts: 3000 }, 2);
    server.fault = ({ path }) => (path.includes('offset=0') ? undefined : { delay: 300 });
    await expand();
    const box = run(commandIds.filter, { organisationId: organisation.id });
    await until('the box', async () => /Filter Contacts/.test((await hands.quickInput()).title));
    await hands.type('lukasz');
    await hands.press('Enter');
    await box;
    await until('the progress', async () =>
      /reading all contacts, [\d,]+ of 3,000/.test(await hands.viewText()),
    );
    await run(commandIds.cancelLoad);
    await until('the words', async () => /read match “lukasz”; there are 3,000/.test(await hands.viewText()));
    const stopped = server.requests.length;
    await until('the way on', () => rowWith('Load more'));
    await untilQuiet(server);
    assert.equal(server.requests.length, stopped, 'nothing is asked after that');
    server.fault = undefined;
    await hands.clickRow('Load more');
    await until('all of them', async () => /[\d,]+ of 3,000 match “lukasz”/.test(await hands.viewText()));
  });
});
