import { ApiClient, type Connection } from '../api/client';
import type { Fetch } from '../api/transport';
import type { Logger } from '../base/log';
import type { Environment } from './environment';
import type { Account } from './session';

/** The header that carries a session token. Source: https://docs.ctrl-hub.com, security scheme of PUT contact. */
const tokenHeader = 'X-Session-Token';

/** An origin that no network can reach, so that sample data stays in this process whatever happens. */
const sampleDataOrigin = 'https://sample-data.invalid';

export function tokenConnection(environment: Environment, token: string, fetch: Fetch): Connection {
  return { baseUrl: environment.baseUrl, fetch, credential: async () => ({ [tokenHeader]: token }) };
}

export function tokenAccount(
  environment: Environment,
  token: string,
  { fetch, log, onUnauthorised }: { fetch: Fetch; log: Logger; onUnauthorised: () => void },
): Account {
  const connection = { ...tokenConnection(environment, token, fetch), onUnauthorised };
  return { kind: 'sessionToken', ...environment, client: new ApiClient(connection, log) };
}

/** The embedded API: made when first asked for, and forgotten with the window. */
export interface SampleApi {
  readonly token: string;
  fetch(request: Request): Promise<Response>;
}

export function sampleAccount(load: () => Promise<SampleApi>, log: Logger): Account {
  const connection: Connection = {
    baseUrl: sampleDataOrigin,
    fetch: async (input, init) => (await load()).fetch(new Request(input, init)),
    credential: async () => ({ [tokenHeader]: (await load()).token }),
  };
  const { baseUrl } = connection;
  return { kind: 'sampleData', origin: sampleDataOrigin, baseUrl, client: new ApiClient(connection, log) };
}
