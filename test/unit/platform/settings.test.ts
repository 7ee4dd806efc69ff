import assert from 'node:assert/strict';
import { commandIds } from '../../../src/manifest';
import { runCommand } from '../../../src/platform/runCommand';
import { chooseEnvironment } from '../../../src/platform/settings';
import { silentLog } from '../../support/silentLog';
import { person, settings } from '../../support/vscode';

describe('the settings of the environment', () => {
  const environment = { origin: 'https://api.example.com', baseUrl: 'https://api.example.com' };
  beforeEach(() => settings.values.clear());
  afterEach(() => {
    settings.refuse = () => false;
  });

  it('are written together', async () => {
    await chooseEnvironment(environment, 'https://auth.example.com');
    assert.deepEqual(Object.fromEntries(settings.values), {
      apiUrl: 'https://api.example.com',
      authUrl: 'https://auth.example.com',
    });
  });

  it('never pair an environment with the sign-in server of another, where a write fails', async () => {
    settings.refuse = (name) => name === 'apiUrl';
    await assert.rejects(chooseEnvironment(environment, 'https://auth.example.com'));
    assert.deepEqual([...settings.values], []);
  });

  it('lead to a message that says what to do, where they cannot be written', async () => {
    settings.refuse = () => true;
    person.shown = [];
    await runCommand(commandIds.switchEnvironment, silentLog, () =>
      chooseEnvironment(environment, undefined),
    );
    assert.match(person.shown.at(-1)?.text ?? '', /settings file/);
  });
});
