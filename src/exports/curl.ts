/** Writes a request as a command for sh, bash and zsh. The command sends the same bytes. */
import type { WireRequest } from '../api/http/wire';

/** The shell inserts the token, so that the clipboard never holds it. */
const token = '$CTRL_HUB_TOKEN';

/** Bytes: Linux limits one argument of a program to 131,072. */
const maxGiven = 100_000;

export function toCurl(request: WireRequest & { readonly secrets: readonly string[] }): string {
  const { method, url, headers, body, secrets } = request;
  const isLong = body !== undefined && Buffer.byteLength(body) > maxGiven;
  return [
    // `printf` is built into the shell, so its arguments have no limit.
    ...(isLong ? [`printf %s ${quoted(body)} |`] : []),
    `curl -X ${method} ${quoted(url)}`,
    // curl interprets brackets and braces in a URL as patterns.
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...Object.entries(headers).map(([name, value]) => `-H ${header(`${name}: ${value}`)}`),
    ...secrets.map((name) => `-H "${name}: ${scheme(name)}${token}"`),
    ...(body === undefined ? [] : isLong ? piped : [`--data-raw ${quoted(body)}`]),
  ].join(' \\\n  ');
}

/** Without the empty header, curl would send `Expect: 100-continue` and wait for the response. */
const piped = ["-H 'expect:'", '--data-binary @-'];

/** A session token has a header of its own; an access token of a service account is a Bearer token. */
const scheme = (name: string) => (name.toLowerCase() === 'authorization' ? 'Bearer ' : '');

/** A shell does not interpret text between single quotes, not even `!`. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * Writes bytes beyond ASCII as octal escapes. An ETag may hold any bytes, each of them one character here; a
 * shell would send UTF-8, and would complete words at a tab.
 */
function header(text: string): string {
  return quoted(text).replace(
    /[^\x20-\x7e]/g,
    (octet) => `'"$(printf '\\${octet.charCodeAt(0).toString(8).padStart(3, '0')}')"'`,
  );
}
