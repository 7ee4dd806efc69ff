/** Where the API is. A token belongs to one origin, so the origin is what sessions are told apart by. */
export interface Environment {
  /** Origin and path prefix, without a slash at its end. */
  readonly baseUrl: string;
  readonly origin: string;
}

export type UrlProblem = 'notAUrl' | 'notHttps' | 'hasExtras';

export const defaultApiUrl = 'https://api.ctrl-hub.com';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|([a-z0-9-]+\.)+localhost)$/;

/** Parses the setting `ctrlHub.apiUrl`: https, or http to this machine; no user name, query or fragment. */
export function parseApiUrl(text: string): Environment | UrlProblem {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return 'notAUrl';
  const url = new URL(trimmed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'notAUrl';
  if (url.protocol === 'http:' && !loopback.test(url.hostname)) return 'notHttps';
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return 'hasExtras';
  return { origin: url.origin, baseUrl: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}
