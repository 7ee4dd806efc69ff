/** A request as a command for sh, bash and zsh, which sends the same bytes. */
import type { WireRequest } from '../api/http/wire';

/** The shell puts the token in its place, so that it is in no clipboard. */
const token = '$CTRL_HUB_TOKEN';

/** Octets: Linux takes 131,072 as one argument of a program. */
const mostGiven = 100_000;

export function toCurl(request: WireRequest & { readonly secrets: readonly string[] }): string {
  const { method, url, headers, body, secrets } = request;
  const isLong = body !== undefined && Buffer.byteLength(body) > mostGiven;
  return [
    // It is built into the shell, and so takes text of any length.
    ...(isLong ? [`printf %s ${quoted(body)} |`] : []),
    `curl -X ${method} ${quoted(url)}`,
    // Brackets and braces in an address are patterns to curl.
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...Object.entries(headers).map(([name, value]) => `-H ${header(`${name}: ${value}`)}`),
    ...secrets.map((name) => `-H "${name}: ${scheme(name)}${token}"`),
    ...(body === undefined ? [] : isLong ? piped : [`--data-raw ${quoted(body)}`]),
  ].join(' \\\n  ');
}

/** By itself curl would ask whether it may send as much, and wait for the answer. */
const piped = ["-H 'expect:'", '--data-binary @-'];

/** A session token has a header of its own; a service account's goes by the usual one. */
const scheme = (name: string) => (name.toLowerCase() === 'authorization' ? 'Bearer ' : '');

/** Between single quotes a shell takes everything for what it is, `!` too. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** An ETag may hold any octets, each a character here; a shell would send UTF-8, and complete words at a tab. */
function header(text: string): string {
  return quoted(text).replace(
    /[^\x20-\x7e]/g,
    (octet) => `'"$(printf '\\${octet.charCodeAt(0).toString(8).padStart(3, '0')}')"'`,
  );
}
