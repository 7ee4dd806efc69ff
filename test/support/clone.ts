/** Copies the project to another folder, like a clone with installed packages, to build or to damage it. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');
/** Files that a clone does not have. */
const left = ['.git', '.vscode-test', 'dist', 'node_modules', 'out'];

const lock: { readonly packages: Readonly<Record<string, { readonly dev?: boolean }>> } = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
);
const shipped = Object.keys(lock.packages).filter((at) => !lock.packages[at]?.dev);

export function clone(to: string): void {
  cpSync(root, to, { recursive: true, filter: (file) => !left.includes(basename(file)) });
  install('node_modules', to);
}

/** Copies bundled packages, so that they are in the other folder, too; tools are linked. */
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

/** Runs one of the scripts in the copy. */
export async function runScript(
  folder: string,
  script: string,
  env: NodeJS.ProcessEnv = {},
  args: readonly string[] = [],
): Promise<{ readonly good: boolean; readonly said: string }> {
  const options = { cwd: folder, env: { ...process.env, ...env } };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, ...args], options);
    return { good: true, said: stdout + stderr };
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    return { good: false, said: stdout + stderr };
  }
}
