import assert from 'node:assert/strict';
import { emailSignIn } from '../../../src/commands/signIn/signInEmail';
import { refusedStep } from '../../../src/commands/signIn/signInTexts';
import { tokenSignIn } from '../../../src/commands/signIn/signInToken';
import { type ApiServer, startApiServer } from '../../support/apiServer';
import { startAuthServer, type TestAuthServer } from '../../support/authServer';
import { until } from '../../support/until';
import { opened } from '../../support/vscode';
import { Computer, environmentOf, holdStore, settled } from '../../support/windows';

const person = { email: 'ada@example.org', password: 'secret' };

describe('signing in', () => {
  let api: ApiServer;
  let auth: TestAuthServer;
  let computer: Computer;
  let answer: () => Response;
  before(async () => {
    api = await startApiServer({ handler: () => answer() });
    auth = await startAuthServer({ token: 'new-session', person });
  });
  after(() => Promise.all([api.stop(), auth.stop()]));
  beforeEach(() => {
    answer = () => Response.json({ data: [] });
    auth.revoked.length = 0;
    opened.boxes.length = 0;
    computer = new Computer(api.url, auth.url);
  });
  afterEach(() => computer.close());

  async function target() {
    const session = computer.window();
    await session.ready();
    return { session, environment: environmentOf(session), authUrl: auth.url };
  }
  async function enterPassword() {
    opened.boxes.at(-1)?.enter(person.email);
    await until('the password box', () => opened.boxes.length === 2);
    opened.boxes.at(-1)?.enter(person.password);
  }

  it('does not end a session that it stores, also if the box is closed meanwhile', async () => {
    const at = await target();
    const { called, goOn } = holdStore(computer.vault);
    const done = emailSignIn(at);
    await enterPassword();
    await called.opened;
    opened.boxes.at(-1)?.hide();
    await done;
    goOn.open();
    await until('the session', () => at.session.current.kind === 'signedIn');
    await settled();
    assert.deepEqual(auth.revoked, []);
  });

  it('ends the session at the server if the keyring refuses it', async () => {
    const at = await target();
    computer.vault.store = () => Promise.reject(new Error('locked'));
    const done = emailSignIn(at);
    await enterPassword();
    await assert.rejects(async () => done, { name: 'KeyringError' });
    await until('the end', () => auth.revoked.length > 0);
    assert.deepEqual(auth.revoked, ['new-session']);
  });

  it('says what to do about a token that the API calls invalid', async () => {
    answer = () => Response.json({ errors: [{ status: '400', title: 'Malformed' }] }, { status: 400 });
    const done = tokenSignIn({ ...(await target()), authUrl: undefined });
    const box = opened.boxes.at(-1) ?? assert.fail('no box');
    box.enter('not-a-token');
    await until('a message', () => box.validationMessage);
    assert.match(String(box.validationMessage), /Check it and try again/);
    box.hide();
    await done;
  });

  it('shows a short text, however much the sign-in server says', () => {
    const messages = Array.from({ length: 10_000 }, () => ({ id: 1, text: 'x '.repeat(100) }));
    const { length } = refusedStep({ kind: 'refused', why: 'other', messages });
    assert.ok(length < 2_000, `${length}`);
  });
});
