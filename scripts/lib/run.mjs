import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/**
 * Runs a command and shows its output.
 * @returns its exit code, its output, and its `stdout` alone
 */
export function run(command, args, { env = {}, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // On Windows, npm and npx are scripts, which need a shell. Node is not, and its path may contain a
      // space.
      shell: process.platform === 'win32' && command !== process.execPath,
    });
    let output = '';
    let stdout = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        if (stream === child.stdout) stdout += chunk;
        if (!quiet) process.stdout.write(chunk);
      });
    }
    child.once('error', (error) => resolve({ code: 1, output: `${output}${error.message}`, stdout }));
    child.once('close', (code) => resolve({ code: code ?? 1, output, stdout }));
  });
}
