import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { newSecret } from '../../scripts/lib/canary.mjs';
import { authenticationId, commandIds } from '../../src/manifest';
import { createSandbox } from '../../src/sandbox/sandbox';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { rightCode, startAuthServer, type TestAuthServer } from '../support/authServer';
import { closeAll, reset, signOut } from '../support/cleanWindow';
import { hands } from '../support/hands';
import { answerStep, chooseWay, enterToken, rowWith, run, says, setSetting, setUrl } from '../support/host';
import { until } from '../support/until';

/** The test run searches all its output for these secrets. */
const secrets = {
  token: newSecret('a session token'),
  otherToken: newSecret('another session token'),
  password: newSecret('a password'),
  clientSecret: newSecret('a client secret'),
  access: newSecret('the beginning of an access token'),
} as const;
const person = { email: 'ada@example.org', password: secrets.password };
const client = { id: 'host-client', secret: secrets.clientSecret };

describe('signing in, in a real VS Code', () => {
  let api: ApiServer;
  let auth: TestAuthServer;
  /** All tokens that the API accepts. */
  let valid: string[];
  let given = 0;
  let organisation: string;
  let organisationId: string;
  let contact: { id: string; attributes: Record<string, string> };

  before(async () => {
    const sandbox = createSandbox({ contacts: 30, token: 'inner' });
    const inner = (request: Request) => {
      const headers = new Headers(request.headers);
      headers.delete('authorization');
      headers.set('x-session-token', 'inner');
      return sandbox.fetch(new Request(request, { headers }));
    };
    api = await startApiServer({
      handler: (request) => {
        const { headers } = request;
        const one = headers.get('x-session-token') ?? headers.get('authorization')?.slice('Bearer '.length);
        return valid.includes(one ?? '') ? inner(request) : Response.json({ errors: [] }, { status: 401 });
      },
    });
    auth = await startAuthServer({
      token: secrets.token,
      person: { ...person },
      client,
      nextAccess: () => {
        const next = `${secrets.access}${++given}`;
        valid = [next];
        return next;
      },
    });
    const get = async (path: string) =>
      (await (await inner(new Request(`http://localhost${path}`))).json()) as {
        data: { id: string; attributes: Record<string, string> }[];
      };
    const [first] = (await get('/v3/orgs')).data;
    organisation = first?.attributes.name ?? assert.fail('no organisation');
    organisationId = first?.id ?? '';
    const { data } = await get(`/v3/orgs/${organisationId}/customers/contacts?limit=100&offset=0`);
    contact = data.find(({ attributes }) => attributes.first_name && attributes.email) ?? assert.fail();
    await run('ctrlHub.contacts.focus');
    await setUrl(api.url);
    await setSetting('authUrl', auth.url);
  });
  beforeEach(() => {
    valid = [secrets.token];
    auth.requests.length = 0;
    auth.revoked.length = 0;
    auth.person = { ...person };
    auth.sessionLife = 24 * 3_600_000;
    auth.accessLife = 3600;
    auth.fault = undefined;
  });
  afterEach(async () => {
    await closeAll();
    await signOut();
  });
  after(async () => {
    await reset();
    await Promise.all([api.stop(), auth.stop()]);
  });

  const message = (words: RegExp) =>
    until(String(words), async () => words.test((await hands.quickInput()).message));
  const isListed = () => until('the organisation', () => rowWith(organisation));
  const saysStatus = (words: RegExp) =>
    until(String(words), async () => words.test((await hands.statusBar()).text));

  /** Returns the accounts of this server in the Accounts menu. */
  async function accounts() {
    const all = await vscode.authentication.getAccounts(authenticationId);
    return all.map(({ label }) => label).filter((label) => label.includes(new URL(api.url).host));
  }
  async function signIn() {
    const done = run(commandIds.signIn);
    await chooseWay('Email and password');
    await answerStep(/Email address/, person.email);
    await answerStep(/Password/, person.password);
    await done;
  }
  async function open() {
    await run(commandIds.open, { ref: { organisationId, contactId: contact.id } });
    await until('the field', async () => typeof (await hands.value('First name')) === 'string');
  }

  it('by e-mail and password: what is wrong is said in its box, and a second step is asked for', async () => {
    auth.person = { ...person, secondStep: 'totp' };
    const done = run(commandIds.signIn);
    await until('the ways', async () => (await hands.quickInput()).rows.length === 4);
    const labels = (await hands.quickInput()).rows.map((row) => row.split('\n')[0]?.trim());
    assert.deepEqual(labels, ['Email and password', 'Session token', 'Service account', 'Sample data']);
    await hands.pick('Email and password');
    await answerStep(/Email address/, person.email);
    await answerStep(/Password/, 'not the password');
    await message(/email address or password is wrong/);
    const { title, inputType } = await hands.quickInput();
    assert.equal(inputType, 'password');
    assert.match(title, /Sign in to Ctrl Hub.*3\/3/);
    await answerStep(/Password/, person.password);
    await answerStep(/authenticator app/, '000000');
    await message(/This code is wrong or too old/);
    await answerStep(/authenticator app/, rightCode);
    await done;
    await isListed();
    await saysStatus(/^Ctrl Hub: 127\.0\.0\.1:\d+$/);
    assert.equal((await hands.statusBar()).warning, false);
    assert.deepEqual(await accounts(), [`${person.email} (${new URL(api.url).host})`]);
  });

  it('sends a code to the address that is chosen, and again', async () => {
    const [one, two] = [person.email, '+447700900123'];
    auth.person = { ...person, secondStep: 'totp or code', addresses: [one, two] };
    auth.codesSent.length = 0;
    const done = run(commandIds.signIn);
    await chooseWay('Email and password');
    await answerStep(/Email address/, person.email);
    await answerStep(/Password/, person.password);
    await until('the second steps', async () => (await hands.quickInput()).rows.length === 3);
    assert.deepEqual(auth.codesSent, []);
    await hands.pick(`Send a code to ${two}`);
    await until('the code', () => auth.codesSent.length === 1);
    await hands.titleButton('Send Again');
    await message(/A new code is on its way/);
    assert.deepEqual(auth.codesSent, [two, two]);
    await answerStep(/Code that was sent to \+447700900123/, '246 810');
    await done;
    await isListed();
  });

  it('"Back" leads to the step before, and to the other ways', async () => {
    const done = run(commandIds.signIn);
    await chooseWay('Email and password');
    await answerStep(/Email address/, person.email);
    await until('the password', async () => (await hands.quickInput()).inputType === 'password');
    await hands.back();
    await until('the address', async () => /Email/.test((await hands.quickInput()).placeholder));
    await hands.back();
    await chooseWay('Session token');
    await until('the token box', async () => (await hands.quickInput()).inputType === 'password');
    await hands.press('Escape');
    await done;
    assert.deepEqual(auth.requests, []);
  });

  it('what is typed never reaches the panel behind its boxes', async () => {
    await signIn();
    await isListed();
    await open();
    await hands.fill('First name', 'Behind');
    // The focus moves to the page of the panel, so that the workbench loses it.
    await hands.inWorkbench("globalThis.lost = 0; addEventListener('blur', () => globalThis.lost++)");
    const done = run(commandIds.signIn);
    await until('the ways', async () => (await hands.quickInput()).rows.length === 4);
    await hands.inWorkbench('globalThis.lost = 0');
    await hands.pick('Email and password');
    await answerStep(/Email address/, person.email);
    await until('the password', async () => (await hands.quickInput()).inputType === 'password');
    await hands.back();
    await answerStep(/Email address/, person.email);
    await answerStep(/Password/, person.password);
    assert.equal(await hands.inWorkbench('globalThis.lost'), 0);
    await done;
    await until('the panel again', async () => (await hands.inWorkbench('globalThis.lost')) === 1);
    assert.equal(await hands.value('First name'), 'Behind');
    await run(commandIds.revert);
  });

  it('a step that is not supported says so, and offers the other ways', async () => {
    auth.person = { ...person, secondStep: 'webauthn' };
    const done = run(commandIds.signIn);
    await chooseWay('Email and password');
    await answerStep(/Email address/, person.email);
    await answerStep(/Password/, person.password);
    const { rows, placeholder } = await until('the ways', async () => {
      const box = await hands.quickInput();
      return box.rows.length === 4 && box.placeholder !== 'Password' && box;
    });
    assert.match(placeholder, /asks for a security key, which is not supported here/);
    assert.match(rows.join('\n'), /asks for a security key, which is not supported here/);
    await hands.pick('Session token');
    await until('the token box', async () => (await hands.quickInput()).inputType === 'password');
    await hands.type(secrets.token);
    await hands.press('Enter');
    await done;
    await isListed();
    await until('the unused session to be ended', () => auth.revoked.length === 1);
  });

  it('words of the server are text: no link, no icon', async () => {
    const text = '[click](command:workbench.action.toggleZenMode) $(zap) \u202e';
    const ui = { messages: [{ id: 4009999, text, type: 'error' }], nodes: [] };
    auth.fault = ({ method }) => (method === 'POST' ? { status: 400, body: { id: 'f', ui } } : undefined);
    const done = run(commandIds.signIn);
    await chooseWay('Email and password');
    await answerStep(/Email address/, person.email);
    await answerStep(/Password/, person.password);
    await message(/\[click\] \(command:workbench\.action\.toggleZenMode\) \$\(zap\)/);
    await hands.press('Escape');
    await done;
  });

  it('signing out ends the session at the server, and takes it out of the Accounts menu', async () => {
    await signIn();
    await isListed();
    await run(commandIds.signOut);
    await until('no rows', async () => (await hands.rows()).length === 0);
    assert.deepEqual(auth.revoked, [secrets.token]);
    await until('no account', async () => (await accounts()).length === 0);
    assert.equal((await hands.statusBar()).text, '');
  });

  it('as a service account: a wrong secret is said, and the token is renewed without a word', async () => {
    auth.accessLife = 4;
    const done = run(commandIds.signIn);
    await chooseWay('Service account');
    await answerStep(/Client ID/, client.id);
    await answerStep(/Client secret/, 'not the secret');
    await message(/client ID or secret is wrong/);
    await answerStep(/Client secret/, client.secret);
    await done;
    await isListed();
    const before = given;
    const since = performance.now();
    await until('half of its life', () => performance.now() - since > 2_000);
    assert.equal(given, before, 'nothing is renewed by itself');
    auth.accessLife = 3600;
    const start = api.requests.length;
    await open();
    assert.equal(given, before + 1);
    for (const { headers } of api.requests.slice(start))
      assert.equal(headers.authorization, `${'Bearer'} ${secrets.access}${given}`);
    await saysStatus(/Ctrl Hub/);
  });

  it('switches between environments that are both signed in, each with its own token and rows', async () => {
    const other = await startApiServer({
      handler: ({ headers }) =>
        headers.get('x-session-token') === secrets.otherToken
          ? Response.json({
              data: [{ id: 'elsewhere', type: 'organisations', attributes: { name: 'Elsewhere Limited' } }],
              jsonapi: { version: '1.0' },
            })
          : Response.json({ errors: [] }, { status: 401 }),
    });
    await signIn();
    await isListed();

    let done = run(commandIds.switchEnvironment);
    await chooseWay('Other address…');
    await answerStep(/api\.example/, 'http://example.org');
    await message(/must begin with https/);
    await answerStep(/api\.example/, other.url);
    await answerStep(/auth\.example/, '');
    await done;
    await until('no rows', async () => (await hands.rows()).length === 0);
    done = run(commandIds.signIn);
    await enterToken(secrets.otherToken);
    await done;
    await until('its rows', () => rowWith('Elsewhere Limited'));
    await saysStatus(new RegExp(new URL(other.url).host));

    done = run(commandIds.switchEnvironment);
    const { rows } = await until('the environments', async () => {
      const box = await hands.quickInput();
      return box.rows.length > 4 && box;
    });
    const said = rows.join('\n');
    assert.match(said, /Production[\s\S]*not signed in/);
    assert.match(said, /Staging[\s\S]*not signed in/);
    assert.match(said, new RegExp(`${new URL(other.url).host}[\\s\\S]*active · signed in`));
    await hands.pick(new URL(api.url).host);
    await done;
    await isListed();
    assert.ok(!(await rowWith('Elsewhere Limited')));
    assert.equal(vscode.workspace.getConfiguration('ctrlHub').get('authUrl'), auth.url);

    const tokens = (server: ApiServer) =>
      new Set(server.requests.flatMap(({ headers }) => headers['x-session-token'] ?? []));
    assert.deepEqual([...tokens(other)], [secrets.otherToken]);
    assert.ok(!tokens(api).has(secrets.otherToken));
    await setUrl(other.url);
    await until('its rows again', () => rowWith('Elsewhere Limited'));
    await run(commandIds.signOut);
    await setUrl(api.url);
    await other.stop();
  });

  it('a session that ends in a save is asked for once, in place, and the save goes on by itself', async () => {
    await signIn();
    await isListed();
    await open();
    await hands.fill('First name', 'Unstoppable');
    valid = [];
    await hands.clickButton('Save');
    await says(/Your session has ended\. Sign in again to continue/);
    await until('the row', () => rowWith('Your session has ended'));
    const start = api.requests.length;
    valid = [secrets.token];
    await hands.clickButton('Sign In');
    await chooseWay('Email and password');
    await answerStep(/Email address/, person.email);
    await answerStep(/Password/, person.password);
    await says(/Contact saved/);
    await isListed();
    const puts = api.requests.slice(start).filter(({ method }) => method === 'PUT');
    assert.equal(puts.length, 1);
    assert.equal(await hands.value('First name'), 'Unstoppable');
  });

  it('a known end is told at open work, and asked for in place when it has come', async () => {
    auth.sessionLife = 9 * 60_000;
    await signIn();
    await isListed();
    await open();
    await says(/Your session ends at .*Save your work/);
    assert.match(await hands.viewText(), /Your session ends at/);
    auth.sessionLife = 4_000;
    await signIn();
    await says(/Your session has ended\. Sign in again to continue/);
    await until('the row', () => rowWith('Your session has ended'));
    assert.ok(await hands.enabled('Sign In'));
    await until('no warning any more', async () => !/Your session ends at/.test(await hands.viewText()));
  });

  it('an address without a server where one signs in says what to set', async () => {
    await setSetting('authUrl', undefined);
    const done = run(commandIds.signIn);
    const { rows } = await until('the ways', async () => {
      const box = await hands.quickInput();
      return box.rows.length === 4 && box;
    });
    assert.equal(rows.filter((row) => row.includes('ctrlHub.authUrl')).length, 2);
    await hands.press('Escape');
    await done;
    await setSetting('authUrl', auth.url);
  });

  it('writes no secret into settings', async () => {
    await signIn();
    const configuration = JSON.stringify(vscode.workspace.getConfiguration('ctrlHub'));
    for (const secret of Object.values(secrets)) assert.ok(!configuration.includes(secret));
  });
});
