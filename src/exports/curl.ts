/** A request as a command for sh, bash and zsh, which sends the same bytes. */
import type { WireRequest } from '../api/wire';

/** The shell puts the token in its place, so that it is in no clipboard. */
const token = '$CTRL_HUB_TOKEN';

export function toCurl(request: WireRequest & { readonly secrets: readonly string[] }): string {
  const { method, url, headers, body, secrets } = request;
  return [
    `curl -X ${method} ${quoted(url)}`,
    // Brackets and braces in an address are patterns to curl.
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...secrets.map((name) => `-H "${name}: ${scheme(name)}${token}"`),
    // Unlike --data, it takes a leading @ for what it is.
    ...(body === undefined ? [] : [`--data-raw ${quoted(body)}`]),
  ].join(' \\\n  ');
}

/** A session token has a header of its own; a service account's goes by the usual one. */
const scheme = (header: string) => (header.toLowerCase() === 'authorization' ? 'Bearer ' : '');

/** Between single quotes a shell takes everything for what it is, `!` too. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
