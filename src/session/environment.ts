/** The address of an API. A token belongs to one origin, so the origin identifies a session. */
export interface Environment {
  /** Origin and path prefix, without a trailing slash. */
  readonly baseUrl: string;
  readonly origin: string;
}

export type UrlProblem = 'notAUrl' | 'notHttps' | 'hasExtras';

export const defaultApiUrl = 'https://api.ctrl-hub.com';

/**
 * The origin of the sample data, which no network can reach (RFC 2606): sample data never leaves this
 * process.
 */
export const sampleDataOrigin = 'https://sample-data.invalid';

/** The public environments. Source: the API's documentation and its SDKs, which name these pairs only. */
export const knownEnvironments = [
  { name: 'production', apiUrl: defaultApiUrl, authUrl: 'https://auth.ctrl-hub.com' },
  { name: 'staging', apiUrl: 'https://api.ctrl-hub.dev', authUrl: 'https://auth.ctrl-hub.dev' },
] as const;

/** The names of this computer. A resolver decides about NAME.localhost, so that is not accepted. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Parses `ctrlHub.apiUrl` or `ctrlHub.authUrl`: https, or http to this computer, without user name, query and
 * fragment.
 */
export function parseApiUrl(text: string): Environment | UrlProblem {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return 'notAUrl';
  const url = new URL(trimmed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'notAUrl';
  if (url.protocol === 'http:' && !loopback.test(url.hostname)) return 'notHttps';
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return 'hasExtras';
  return { origin: url.origin, baseUrl: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}

/** Returns the public environment at this origin, if any. */
export function knownEnvironment(origin: string) {
  return knownEnvironments.find(({ apiUrl }) => apiUrl === origin);
}

/**
 * Returns the sign-in server of an API: the setting, or else the server of the public environment.
 * @returns undefined if no server is known; a problem if the setting is invalid
 */
export function authServerOf({ origin }: Environment, setting: string): Environment | UrlProblem | undefined {
  const text = setting.trim() || knownEnvironment(origin)?.authUrl;
  return text === undefined ? undefined : parseApiUrl(text);
}
