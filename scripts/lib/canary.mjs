/**
 * Records the secrets of the tests and searches their output for them. The list belongs to the process,
 * because the tests are split into several bundles.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const key = Symbol.for('ctrlHub.secrets');
/** @type {Map<string, string>} */
const secrets = globalThis[key] ?? new Map();
globalThis[key] = secrets;

/**
 * Adds a secret to the search.
 * @returns the secret
 */
export function noteSecret(secret, what = 'a secret') {
  if (secret.length < 8) throw new Error('A secret this short is found in everything: use a longer one');
  secrets.set(secret, what);
  return secret;
}

export const newSecret = (what = 'a session token') =>
  noteSecret(`canary-${randomBytes(18).toString('hex')}`, what);

/** Yields the secret as plain text, in UTF-16, URL-encoded, and in base64 at each of three offsets. */
function* formsOf(secret) {
  yield Buffer.from(secret);
  yield Buffer.from(secret, 'utf16le');
  if (encodeURIComponent(secret) !== secret) yield Buffer.from(encodeURIComponent(secret));
  if (JSON.stringify(secret) !== `"${secret}"`) yield Buffer.from(JSON.stringify(secret).slice(1, -1));
  // The first and last base64 characters contain bits of the surrounding text.
  for (const before of [0, 1, 2]) {
    const text = Buffer.from(`${' '.repeat(before)}${secret}`)
      .toString('base64')
      .replaceAll('=', '');
    yield Buffer.from(text.slice(before === 0 ? 0 : 4, -1));
  }
}

/** Returns the names of the secrets in these bytes. */
export function secretsIn(bytes) {
  const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return [...secrets]
    .filter(([secret]) => [...formsOf(secret)].some((form) => content.includes(form)))
    .map(([, what]) => what);
}

/**
 * Returns the files below a folder that contain a secret in their content or name, with the name of the
 * secret.
 */
function leaksIn(folder, { skip = [] } = {}) {
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !skip.some((one) => path.relative(folder, file).startsWith(one)));
  return files.flatMap((file) => {
    const content = fs.existsSync(file) ? fs.readFileSync(file) : '';
    const found = new Set([...secretsIn(content), ...secretsIn(file)]);
    return [...found].map((what) => `${what} in ${path.relative(folder, file)}`);
  });
}

/**
 * Fails with the names of files that contain a secret. Some file must contain the text `seen`; otherwise the
 * search is in the wrong folder.
 */
export function assertNoLeaks(folder, { seen, ...options } = {}) {
  if (secrets.size === 0) return;
  if (seen !== undefined && !contains(folder, seen))
    throw new Error(`Nothing below ${folder} says "${seen}": is it where everything is written?`);
  const leaks = leaksIn(folder, options);
  if (leaks.length > 0) throw new Error(`Secrets were written down:\n  ${leaks.join('\n  ')}`);
}

function contains(folder, text) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .some(
      (entry) => entry.isFile() && fs.readFileSync(path.join(entry.parentPath, entry.name)).includes(text),
    );
}
