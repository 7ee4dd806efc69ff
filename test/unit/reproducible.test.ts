import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');
/** What a clone does not have. */
const left = ['.git', '.vscode-test', 'dist', 'node_modules', 'out'];

const lock: { readonly packages: Readonly<Record<string, { readonly dev?: boolean }>> } = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
);
const shipped = Object.keys(lock.packages).filter((at) => !lock.packages[at]?.dev);

function clone(to: string): void {
  cpSync(root, to, { recursive: true, filter: (file) => !left.includes(basename(file)) });
  install('node_modules', to);
}

/** What is bundled is copied, so that it is in another folder too; the tools may stay where they are. */
function install(folder: string, to: string): void {
  mkdirSync(join(to, folder), { recursive: true });
  for (const name of readdirSync(join(root, folder))) {
    const at = `${folder}/${name}`;
    if (shipped.some((other) => other.startsWith(`${at}/`)) && name.startsWith('@')) install(at, to);
    else if (shipped.includes(at) || name === '.package-lock.json')
      cpSync(join(root, at), join(to, at), { recursive: true });
    else symlinkSync(join(root, at), join(to, at), 'junction');
  }
}

async function hashOfPackage(folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  await promisify(execFile)(process.execPath, ['scripts/package.mjs'], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  return createHash('sha256')
    .update(readFileSync(join(folder, 'dist/ctrl-hub-contacts.vsix')))
    .digest('hex');
}

describe('a package of the same sources', function () {
  this.timeout(120_000);
  const base = mkdtempSync(join(tmpdir(), 'ctrl-hub-package-'));
  const [first, second] = [join(base, 'a'), join(base, 'another/folder, of another name')] as const;
  const umask = process.umask();
  after(() => {
    process.umask(umask);
    rmSync(base, { recursive: true, force: true });
  });

  it('is the same, byte for byte, in another folder, time zone, language and umask', async () => {
    process.umask(0o022);
    clone(first);
    const one = await hashOfPackage(first, { TZ: 'UTC', LC_ALL: 'C' });
    process.umask(0o077);
    mkdirSync(dirname(second));
    clone(second);
    // Two seconds are the unit of a zip's times.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const two = await hashOfPackage(second, { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' });
    assert.equal(one, two);
  });
});
