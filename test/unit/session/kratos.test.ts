import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/http/errors';
import { AuthServer } from '../../../src/session/authServer';
import { KratosLogin, revoke } from '../../../src/session/kratos';
import { rightCode, startAuthServer, type TestAuthServer } from '../../support/authServer';
import { silentLog } from '../../support/silentLog';

const token = 'unit-session-token';
const person = { email: 'ada@example.org', password: 'unit pass&word=ü' };

describe('KratosLogin', () => {
  let auth: TestAuthServer;
  const { signal } = new AbortController();
  beforeEach(async () => {
    auth = await startAuthServer({ token, person: { ...person } });
  });
  afterEach(() => auth.stop());
  const start = () =>
    new KratosLogin(new AuthServer(auth.url, (input, init) => fetch(input, init), silentLog));
  const tryPassword = (login = start()) => login.password(person.email, person.password, signal);

  it('signs in with one flow, and knows when the session ends', async () => {
    const step = await tryPassword();
    assert.ok(step.kind === 'done');
    assert.equal(step.token, token);
    assert.ok(
      Math.abs((step.expiresAt ?? 0) - Date.now() - auth.sessionLife) < 5_000,
      'nine digits are read',
    );
    assert.deepEqual(auth.asked(), [
      'GET /self-service/login/api',
      'POST /self-service/login',
      'GET /sessions/whoami',
    ]);
    const [begin, post] = auth.requests;
    assert.equal(begin?.headers['x-session-token'], undefined);
    assert.equal(post?.headers['x-session-token'], undefined);
    assert.equal(post?.headers['content-type'], 'application/json');
    assert.deepEqual(post?.json, { identifier: person.email, password: person.password, method: 'password' });
    assert.match(post?.path ?? '', /^\/self-service\/login\?flow=[0-9a-f]+$/);
  });

  it('is refused with a wrong password, by the id of the message', async () => {
    const login = start();
    const step = await login.password(person.email, 'wrong', signal);
    assert.ok(step.kind === 'refused');
    assert.equal(step.why, 'credentials');
    assert.equal((await tryPassword(login)).kind, 'done');
  });

  it('reads errors beside a field, unknown ones too', async () => {
    const ui = (messages: unknown[], own: unknown[] = []) => ({
      id: 'f',
      ui: { messages, nodes: [{ group: 'password', attributes: { name: 'password' }, messages: own }] },
    });
    const cases: [unknown, string][] = [
      [ui([{ id: 4000010, text: 'not verified', type: 'error' }]), 'notVerified'],
      [ui([], [{ id: 4000002, text: 'Property identifier is missing.', type: 'error' }]), 'other'],
      [{ message: 'The provided credentials are invalid' }, 'credentials'],
    ];
    for (const [body, why] of cases) {
      auth.fault = ({ method }) => (method === 'POST' ? { status: 400, body } : undefined);
      const step = await tryPassword();
      assert.ok(step.kind === 'refused');
      assert.equal(step.why, why);
    }
  });

  it('begins again by itself when a flow ran out, once', async () => {
    auth.expireFlows = 1;
    assert.equal((await tryPassword()).kind, 'done');
    auth.expireFlows = 2;
    assert.equal((await tryPassword()).kind, 'tooLate');
    const expired = {
      id: 'f',
      ui: { messages: [{ id: 4010001, text: 'expired', type: 'error' }], nodes: [] },
    };
    let times = 1;
    auth.fault = ({ method }) =>
      method === 'POST' && times-- > 0 ? { status: 400, body: expired } : undefined;
    assert.equal((await tryPassword()).kind, 'done');
  });

  for (const method of ['totp', 'lookup_secret', 'code'] as const) {
    it(`goes on to a second step: ${method}`, async () => {
      if (auth.person) auth.person.secondStep = method;
      const login = start();
      const asked = method === 'code' ? { method, address: person.email } : { method };
      assert.deepEqual(await tryPassword(login), { kind: 'secondStep', steps: [asked] });
      assert.equal(await login.sendCode(asked, false, signal), undefined);
      assert.deepEqual(auth.codesSent, method === 'code' ? [person.email] : [], 'one code, and no second');
      const wrong = await login.code(asked, '000000', signal);
      assert.ok(wrong.kind === 'refused');
      assert.equal(wrong.why, 'code');
      const step = await login.code(asked, rightCode, signal);
      assert.ok(step.kind === 'done');
      assert.equal(step.token, token);
      const second = auth.requests.filter(({ path }) => path.includes('aal=aal2'));
      assert.equal(second.length, 1, 'one flow for all tries');
      assert.equal(second[0]?.headers['x-session-token'], token);
      const last = auth.requests.at(-1);
      assert.equal(last?.headers['x-session-token'], token);
      assert.ok(!last?.body.includes(person.password));
    });
  }

  it('offers a choice of second steps', async () => {
    if (auth.person) auth.person.secondStep = 'totp or lookup_secret';
    assert.deepEqual(await tryPassword(), {
      kind: 'secondStep',
      steps: [{ method: 'totp' }, { method: 'lookup_secret' }],
    });
  });

  it('sends a code to the address that is chosen, again on demand, and to another one', async () => {
    const [one, two] = ['ada@example.org', '+447700900123'];
    if (auth.person) auth.person = { ...auth.person, secondStep: 'totp or code', addresses: [one, two] };
    const login = start();
    const toOne = { method: 'code', address: one } as const;
    const toTwo = { method: 'code', address: two } as const;
    assert.deepEqual(await tryPassword(login), {
      kind: 'secondStep',
      steps: [{ method: 'totp' }, toOne, toTwo],
    });
    assert.deepEqual(auth.codesSent, [], 'nothing is sent before somebody chooses');
    assert.equal(await login.sendCode(toTwo, false, signal), undefined);
    assert.deepEqual(auth.codesSent, [two]);
    assert.deepEqual(auth.requests.at(-1)?.json, { address: two }, 'as the button of that address does');
    assert.equal(await login.sendCode(toTwo, false, signal), undefined);
    assert.deepEqual(auth.codesSent, [two], 'it has been sent');
    assert.equal(await login.sendCode(toTwo, true, signal), undefined);
    assert.equal(await login.sendCode(toOne, false, signal), undefined);
    assert.deepEqual(auth.codesSent, [two, two, one]);
    assert.equal((await login.code(toOne, rightCode, signal)).kind, 'done');
  });

  for (const pasted of [
    '246 810',
    '246-810',
    ' 246810\n',
    '２４６８１０',
    '\u2066246810\u2069',
    '246\u00a0810',
  ])
    it(`takes a code that is pasted as ${JSON.stringify(pasted)}`, async () => {
      if (auth.person) auth.person.secondStep = 'code';
      const login = start();
      await tryPassword(login);
      assert.equal((await login.code({ method: 'code' }, pasted, signal)).kind, 'done');
    });

  it('says that a code could not be sent', async () => {
    if (auth.person) auth.person = { ...auth.person, secondStep: 'totp or code' };
    const login = start();
    await tryPassword(login);
    const kept = await login.sendCode({ method: 'code', address: 'gone@example.org' }, false, signal);
    assert.ok(kept?.kind === 'refused');
    assert.match(kept.messages[0]?.text ?? '', /does not exist/);
  });

  it('sends a code to an older server, which names no address', async () => {
    const login = start();
    if (auth.person) auth.person = { ...auth.person, secondStep: 'totp or code' };
    await tryPassword(login);
    assert.equal(await login.sendCode({ method: 'code' }, false, signal), undefined);
    assert.deepEqual(auth.codesSent, [person.email]);
  });

  for (const group of ['constructor', 'toString', '__proto__'])
    it(`does not know a group called ${group}`, async () => {
      const nodes = [{ group, attributes: { name: 'x' } }];
      auth.fault = () => ({ status: 200, body: { id: 'f', ui: { nodes } } });
      assert.deepEqual(await tryPassword(), { kind: 'unsupported', what: ['unknown'] });
    });

  it('a second step that ran out begins again, without the password', async () => {
    if (auth.person) auth.person.secondStep = 'totp';
    const login = start();
    await tryPassword(login);
    let times = 1;
    auth.fault = ({ method }) =>
      method === 'POST' && times-- > 0
        ? { status: 410, body: { error: { id: 'self_service_flow_expired' } } }
        : undefined;
    assert.equal((await login.code({ method: 'totp' }, rightCode, signal)).kind, 'done');
  });

  it('says what it cannot do', async () => {
    if (auth.person) auth.person.secondStep = 'webauthn';
    assert.deepEqual(await tryPassword(), { kind: 'unsupported', what: ['securityKey'] });
    if (auth.person) auth.person.secondStep = 'browser';
    assert.deepEqual(await tryPassword(), { kind: 'unsupported', what: ['browser'] });
    const nodes = [
      { group: 'oidc', attributes: { name: 'provider' } },
      { group: 'something', attributes: {} },
    ];
    auth.fault = () => ({ status: 200, body: { id: 'f', ui: { nodes } } });
    assert.deepEqual(await tryPassword(), { kind: 'unsupported', what: ['sso', 'unknown'] });
    assert.equal(auth.requests.at(-1)?.method, 'GET', 'no password was sent');
  });

  it('gets along with a server that has no whoami, and with the barest of flows', async () => {
    auth.hasWhoami = false;
    assert.equal((await tryPassword()).kind, 'done');
    auth.fault = ({ method }) =>
      method === 'GET' ? { status: 200, body: { id: 'f' } } : { status: 200, body: { session_token: token } };
    assert.deepEqual(await tryPassword(), { kind: 'done', token, expiresAt: undefined });
  });

  it('posts to the auth server itself, and follows nobody elsewhere', async () => {
    const elsewhere = await startAuthServer({ token, person });
    auth.fault = ({ method }) =>
      method === 'POST'
        ? { status: 307, headers: { location: `${elsewhere.url}/self-service/login` } }
        : undefined;
    await assert.rejects(tryPassword(), { reason: 'redirected' });
    assert.deepEqual(elsewhere.requests, []);
    await elsewhere.stop();
  });

  it('keeps nothing secret in what it throws', async () => {
    for (const body of ['<html>', '{"id":7}', JSON.stringify({ session_token: 'a\nb' }), '[]', 'null']) {
      auth.fault = ({ method }) => (method === 'POST' ? { status: 200, body } : undefined);
      const error = await tryPassword().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      assert.ok(error instanceof ApiError, body);
      assert.equal(error.cause, undefined);
      assert.ok(!`${error.stack}${JSON.stringify(error)}`.includes(person.password));
    }
  });

  it('a session that came to nothing can be ended', async () => {
    if (auth.person) auth.person.secondStep = 'totp';
    const login = start();
    await tryPassword(login);
    assert.equal(login.giveUp(), token);
    assert.equal(login.giveUp(), undefined);
  });

  it('revokes, and says so where it fails', async () => {
    const server = new AuthServer(auth.url, (input, init) => fetch(input, init), silentLog);
    assert.equal(await revoke(server, token), true);
    assert.deepEqual(auth.revoked, [token]);
    assert.ok(!auth.requests.at(-1)?.path.includes(token));
    auth.fault = () => ({ status: 500 });
    assert.equal(await revoke(server, token), false);
    await auth.stop();
    assert.equal(await revoke(server, token), false);
  });
});
