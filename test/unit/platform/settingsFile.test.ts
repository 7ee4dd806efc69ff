import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readUserSetting } from '../../../src/platform/settingsFile';

describe('the file of the user settings', () => {
  const name = 'ctrlHub.assistants.organisations';
  let user: string;
  let storage: string;

  beforeEach(() => {
    user = mkdtempSync(join(tmpdir(), 'ctrl-hub-user-'));
    storage = join(user, 'globalStorage', 'ctrl-hub-community.contacts');
    mkdirSync(storage, { recursive: true });
  });
  afterEach(() => rmSync(user, { recursive: true }));
  const write = (text: string) => writeFileSync(join(user, 'settings.json'), text);

  it('has a setting below another one, with comments and a comma at the end', () => {
    write(
      '{\n  // Which ones\n  "ctrlHub.assistants": "read",\n  "ctrlHub.assistants.organisations": ["a"],\n}',
    );
    assert.deepEqual(readUserSetting(storage, name), ['a']);
  });

  it('is that of the default profile in every profile', () => {
    write(`{ "${name}": ["a"] }`);
    const profile = join(user, 'profiles', '1a2b', 'globalStorage', 'ctrl-hub-community.contacts');
    assert.deepEqual(readUserSetting(profile, name), ['a']);
  });

  it('has nothing where it is not there, is damaged, or is no object', () => {
    assert.equal(readUserSetting(storage, name), undefined);
    for (const text of ['', '[]', '"x"', 'null', '{'] as const) {
      write(text);
      assert.equal(readUserSetting(storage, name), undefined, text);
    }
  });
});
