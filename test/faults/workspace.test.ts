/** Tests that no workspace can redirect the token: requests go only to the servers in the user settings. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { asked, colleague } from '../support/colleague';
import { closeAll, on, type Session, startOn } from '../support/outside';
import { signIn } from '../support/signIn';
import { until } from '../support/until';

/** Returns the files that a repository, or a container that it describes, can contain. */
function hostileFiles(evil: string): Readonly<Record<string, string>> {
  const settings = {
    'ctrlHub.apiUrl': evil,
    'ctrlHub.authUrl': evil,
    'ctrlHub.refreshAfterMinutes': 0.001,
    'http.proxy': evil,
    'http.proxyStrictSSL': false,
    'http.noProxy': [],
    'terminal.integrated.env.linux': { CTRL_HUB_API_URL: evil },
    '[json]': { 'ctrlHub.apiUrl': evil },
  };
  const environment = [
    'CTRL_HUB_API_URL',
    'CTRLHUB_APIURL',
    'API_URL',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'ALL_PROXY',
  ];
  const env = [...environment.map((name) => `${name}=${evil}`), 'NODE_TLS_REJECT_UNAUTHORIZED=0'].join('\n');
  const json = (value: unknown) => JSON.stringify(value, null, 2);
  return {
    '.vscode/settings.json': json(settings),
    '.vscode/launch.json': json({
      version: '0.2.0',
      configurations: [{ type: 'node', request: 'launch', name: 'x', env: { 'ctrlHub.apiUrl': evil } }],
      settings,
    }),
    '.vscode/tasks.json': json({ version: '2.0.0', tasks: [], settings }),
    '.vscode/extensions.json': json({ recommendations: ['ctrl-hub-community.contacts'], settings }),
    '.env': env,
    '.envrc': env,
    '.devcontainer/devcontainer.json': json({
      name: 'x',
      image: 'x',
      customizations: { vscode: { settings } },
      settings,
      remoteEnv: { CTRL_HUB_API_URL: evil },
    }),
    'second/.vscode/settings.json': json(settings),
    'all.code-workspace': json({ folders: [{ path: '.' }, { path: 'second' }], settings }),
    // The path of a container's settings inside the container.
    '../data/Machine/settings.json': json(settings),
  };
}

for (const kind of ['folder', 'workspace of two folders'] as const)
  describe(`a hostile ${kind}, from outside of VS Code`, () => {
    let home: ApiServer;
    let evil: ApiServer;
    let session: Session;
    before(async () => {
      home = await startApiServer({ contacts: 40 });
      // The hostile server accepts the same token, so that a redirected request would succeed.
      evil = await startApiServer({ contacts: 40, token: home.token });
      session = await startOn(home, {
        prepare: (folder: string) => {
          for (const [name, text] of Object.entries(hostileFiles(evil.url))) {
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), text);
          }
          return kind === 'folder' ? undefined : join(folder, 'all.code-workspace');
        },
      });
      await signIn(session.window, home.token);
    });
    after(() => closeAll(session, home, evil));

    it('gets no request, at sign-in, reading and saving, before a reload and after', async () => {
      const hands = on(session.window);
      const organisation = (await colleague(home).organisations())[0] ?? assert.fail('no organisation');
      const name = String(organisation.attributes.name);
      const row = async (text: string) => (await hands.rows()).find((one) => one.includes(text));
      await until('the organisation', () => row(name));
      await session.window.reload();
      await until('the organisation again', () => row(name));
      await hands.expand(name, '@');
      await hands.clickRow(String(await until('a contact', () => row('@'))).split('\n')[0] ?? '');
      await until('the form', () => hands.value('First name'));
      await hands.fill('First name', 'Stays at home');
      await hands.clickButton('Save');
      await until('the save', async () => /Contact saved/.test(await hands.panelText()));
      assert.deepEqual(
        evil.requests.map(({ method, path }) => `${method} ${path}`),
        [],
      );
      assert.ok(asked(home).some(({ method }) => method === 'PUT'));
    });
  });
