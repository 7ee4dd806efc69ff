import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { clone, runScript } from '../support/clone';

async function hashOfPackage(folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { good, said } = await runScript(folder, 'scripts/package.mjs', env);
  assert.ok(good, said);
  return createHash('sha256')
    .update(readFileSync(join(folder, 'dist/ctrl-hub-contacts.vsix')))
    .digest('hex');
}

describe('a package of the same sources', () => {
  const base = mkdtempSync(join(tmpdir(), 'ctrl-hub-package-'));
  const umask = process.umask();
  after(() => {
    process.umask(umask);
    rmSync(base, { recursive: true, force: true });
  });

  it('is the same, byte for byte, in another folder, time zone, language and umask', async () => {
    const first = join(base, 'a');
    process.umask(0o022);
    clone(first);
    const one = await hashOfPackage(first, { TZ: 'UTC', LC_ALL: 'C' });

    const second = join(base, 'another/folder, of another name');
    process.umask(0o077);
    mkdirSync(dirname(second));
    clone(second);
    for (const entry of readdirSync(second, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), 1e9, 1e9);
    const two = await hashOfPackage(second, { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' });
    assert.equal(one, two);
  });
});
