/** Where the API is, and where people sign in for it. A token belongs to one origin: sessions are told apart by it. */
export interface Environment {
  /** Origin and path prefix, without a slash at its end. */
  readonly baseUrl: string;
  readonly origin: string;
}

export type UrlProblem = 'notAUrl' | 'notHttps' | 'hasExtras';

export const defaultApiUrl = 'https://api.ctrl-hub.com';

/** An origin that no network can reach, so that sample data stays in this process whatever happens. */
export const sampleDataOrigin = 'https://sample-data.invalid';

/** Source: the API's documentation and its SDKs, which name these pairs and no others. */
export const knownEnvironments = [
  { name: 'production', apiUrl: defaultApiUrl, authUrl: 'https://auth.ctrl-hub.com' },
  { name: 'staging', apiUrl: 'https://api.ctrl-hub.dev', authUrl: 'https://auth.ctrl-hub.dev' },
] as const;

/** This computer, whatever a resolver says: it decides where NAME.localhost is. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Parses `ctrlHub.apiUrl` or `ctrlHub.authUrl`: https, or http to this machine; no user name, query or fragment. */
export function parseApiUrl(text: string): Environment | UrlProblem {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return 'notAUrl';
  const url = new URL(trimmed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'notAUrl';
  if (url.protocol === 'http:' && !loopback.test(url.hostname)) return 'notHttps';
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return 'hasExtras';
  return { origin: url.origin, baseUrl: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}

/** The known environment at this origin, if it is one. */
export function knownEnvironment(origin: string) {
  return knownEnvironments.find(({ apiUrl }) => apiUrl === origin);
}

/**
 * Where one signs in for an API: what the setting says, or else what is known of that API.
 * @returns undefined where nothing is known; a problem where the setting is not usable
 */
export function authServerOf({ origin }: Environment, setting: string): Environment | UrlProblem | undefined {
  const text = setting.trim() || knownEnvironment(origin)?.authUrl;
  return text === undefined ? undefined : parseApiUrl(text);
}
