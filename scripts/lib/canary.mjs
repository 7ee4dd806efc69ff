/**
 * The canary: every secret that a test used is noted, and looked for afterwards wherever it has no business.
 * The list is the process's own, as the tests are bundled in pieces.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const key = Symbol.for('ctrlHub.secrets');
/** @type {Map<string, string>} */
const secrets = globalThis[key] ?? new Map();
globalThis[key] = secrets;

/** Looks for this one too. @returns it */
export function noteSecret(secret, what = 'a secret') {
  if (secret.length < 8) throw new Error('A secret this short is found in everything: use a longer one');
  secrets.set(secret, what);
  return secret;
}

export const newSecret = (what = 'a session token') =>
  noteSecret(`canary-${randomBytes(18).toString('hex')}`, what);

/** In plain, in UTF-16, in an address, and in base64 at each of its three offsets. */
function* formsOf(secret) {
  yield Buffer.from(secret);
  yield Buffer.from(secret, 'utf16le');
  if (encodeURIComponent(secret) !== secret) yield Buffer.from(encodeURIComponent(secret));
  if (JSON.stringify(secret) !== `"${secret}"`) yield Buffer.from(JSON.stringify(secret).slice(1, -1));
  // The first and last characters also hold bits of what is around.
  for (const before of [0, 1, 2]) {
    const text = Buffer.from(`${' '.repeat(before)}${secret}`)
      .toString('base64')
      .replaceAll('=', '');
    yield Buffer.from(text.slice(before === 0 ? 0 : 4, -1));
  }
}

/** What of the secrets stands in these bytes. */
export function secretsIn(bytes) {
  const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return [...secrets]
    .filter(([secret]) => [...formsOf(secret)].some((form) => content.includes(form)))
    .map(([, what]) => what);
}

/** Every file below a folder that has a secret in it or in its name, with what it is. */
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
 * Fails with the names of the files that hold a secret. `seen` is a text that must be in some file: where it is
 * not, the search was in the wrong place.
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
