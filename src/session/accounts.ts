import { ApiClient, type Connection } from '../api/http/client';
import type { Fetch } from '../api/http/transport';
import type { FirstOrganisations } from '../api/organisations';
import { yieldToEventLoop } from '../base/abort';
import { once } from '../base/concurrency';
import type { Runtime } from '../base/runtime';
import { type Credential, labelOf } from './credentials';
import { type Environment, sampleDataOrigin } from './environment';
import type { ServiceTokens } from './serviceTokens';
import type { Account } from './session';

/** The header of a session token. Source: https://docs.ctrl-hub.com, security scheme of PUT contact. */
const tokenHeader = 'X-Session-Token';

/** Returns the one header that authenticates a request. */
export function headersOf(credential: Credential): Readonly<Record<string, string>> {
  return credential.kind === 'sessionToken'
    ? { [tokenHeader]: credential.token }
    : bearer(credential.access?.token ?? '');
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

interface Parts extends Runtime {
  readonly fetch: Fetch;
  /** The access tokens of a service account. */
  readonly tokens: ServiceTokens | undefined;
  /** The first organisations, which the check of the credential returned. */
  readonly organisations: FirstOrganisations | undefined;
  readonly onUnauthorised: () => void;
}

export function accountOfCredential(
  environment: Environment,
  credential: Credential,
  { fetch, clock, log, tokens, organisations, onUnauthorised }: Parts,
): Account {
  const connection: Connection = {
    baseUrl: environment.baseUrl,
    fetch,
    onUnauthorised,
    authHeaders: async () => (tokens ? bearer(await tokens.token()) : headersOf(credential)),
    ...(tokens && {
      renew: (refused) => tokens.replace(refused.authorization?.slice('Bearer '.length) ?? ''),
    }),
  };
  return {
    kind: credential.kind,
    ...environment,
    client: new ApiClient(connection, log, clock),
    label: labelOf(credential),
    expiresAt: credential.kind === 'sessionToken' ? credential.expiresAt : undefined,
    organisations,
  };
}

/** The embedded API of the sample data. It is created at the first request and ends with the window. */
export interface SampleApi {
  readonly token: string;
  fetch(request: Request): Promise<Response>;
}

/** @param make creates an API with new data, which lasts as long as the account */
export function sampleAccount(make: () => Promise<SampleApi>, { clock, log }: Runtime): Account {
  const load = once(make);
  const connection: Connection = {
    baseUrl: sampleDataOrigin,
    fetch: async (input, init) => {
      const api = await load();
      // A network would let the caller continue first, so the embedded API does, too.
      await yieldToEventLoop();
      return api.fetch(new Request(input, init));
    },
    authHeaders: async () => ({ [tokenHeader]: (await load()).token }),
  };
  const { baseUrl } = connection;
  const client = new ApiClient(connection, log, clock);
  return { kind: 'sampleData', origin: sampleDataOrigin, baseUrl, client };
}
