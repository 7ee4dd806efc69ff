/**
 * A real loopback sign-in server in the style of Ory Kratos and Hydra: flows with their own IDs, messages by
 * ID, a second step on demand, client credentials that expire, and a record of every request.
 */
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RecordedRequest } from './apiServer';

interface Person {
  readonly email: string;
  readonly password: string;
  /** The second step after the password. */
  secondStep?:
    | 'totp'
    | 'lookup_secret'
    | 'code'
    | 'totp or lookup_secret'
    | 'totp or code'
    | 'webauthn'
    | 'browser';
  /** The addresses that a code can be sent to; by default the email address only. */
  addresses?: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Flow {
  readonly id: string;
  readonly second: boolean;
  /** The address of the last code. */
  sentTo: string | undefined;
  expired: boolean;
}

interface Client {
  readonly id: string;
  readonly secret: string;
  /** `token_endpoint_auth_method` of the registration: the only method that Hydra accepts for the client. */
  readonly method?: 'client_secret_post' | 'client_secret_basic';
}

export const rightCode = '246810';

export interface AuthServerOptions {
  /** The token of a session, which the API accepts. */
  readonly token: string;
  readonly person?: Person;
  readonly client?: Client;
  /** Returns the next access token, which the API must know. */
  readonly nextAccess?: () => string;
}

export async function startAuthServer({ token, person, client, nextAccess }: AuthServerOptions) {
  const flows = new Map<string, Flow>();
  const auth = {
    requests: [] as RecordedRequest[],
    /** Sessions that were ended by signing out. */
    revoked: [] as string[],
    /** The addresses that received codes, in order. */
    codesSent: [] as string[],
    person,
    /** The number of flows that expire before their answer. */
    expireFlows: 0,
    /** The lifetime of a session in milliseconds. */
    sessionLife: 24 * 3_600_000,
    /** The lifetime of an access token in seconds; undefined if the server does not send it. */
    accessLife: 3600 as number | undefined,
    hasWhoami: true,
    /** Responds in place of the server. */
    fault: undefined as ((request: RecordedRequest) => Answer | undefined) | undefined,
  };
  const done = new Set<string>();
  const addresses = () => auth.person?.addresses ?? [auth.person?.email ?? ''];

  const nodes = (flow: Flow) => {
    const input = (group: string, name: string, type = 'text', value?: string) => ({
      type: 'input',
      group,
      attributes: { name, type, node_type: 'input', ...(value === undefined ? {} : { value }) },
      messages: [],
      meta: {},
    });
    if (!flow.second)
      return [
        input('default', 'csrf_token', 'hidden', ''),
        input('default', 'identifier'),
        input('password', 'password', 'password'),
      ];
    const step = auth.person?.secondStep ?? 'totp';
    const of: Record<string, unknown[]> = {
      totp: [input('totp', 'totp_code'), input('totp', 'method', 'submit', 'totp')],
      lookup_secret: [input('lookup_secret', 'lookup_secret')],
      webauthn: [input('webauthn', 'webauthn_login', 'hidden')],
      // Follows populateChooseMethodFlow and populateEmailSentFlow of Kratos' code strategy.
      code:
        flow.sentTo === undefined
          ? addresses().map((address) => input('code', 'address', 'submit', address))
          : [
              ...addresses().map(() => input('code', 'identifier', 'hidden', flow.sentTo)),
              input('code', 'method', 'hidden', 'code'),
              input('code', 'code'),
              input('code', 'method', 'submit', 'code'),
              input('code', 'resend', 'submit', 'code'),
            ],
    };
    return step.split(' or ').flatMap((one) => of[one] ?? []);
  };
  const show = (flow: Flow, ...messages: { id: number; text: string; type?: string }[]) => ({
    id: flow.id,
    type: 'api',
    requested_aal: flow.second ? 'aal2' : 'aal1',
    ui: {
      // A client must not post to this address.
      action: 'https://elsewhere.invalid/self-service/login',
      method: 'POST',
      messages: messages.map(({ type = 'error', ...message }) => ({ type, ...message })),
      nodes: nodes(flow),
    },
  });
  const newFlow = (second: boolean): Flow => {
    const flow: Flow = {
      id: randomBytes(8).toString('hex'),
      second,
      sentTo: undefined,
      expired: auth.expireFlows-- > 0,
    };
    flows.set(flow.id, flow);
    // FastLogin2FA: with one address and no other method, Kratos sends the code at once.
    const [only, ...others] = addresses();
    if (second && auth.person?.secondStep === 'code' && only !== undefined && others.length === 0)
      sendCode(flow, only);
    return flow;
  };
  const sendCode = (flow: Flow, to: string) => {
    flow.sentTo = to;
    auth.codesSent.push(to);
  };
  const session = () => {
    const [start, end] = [Date.now(), Date.now() + auth.sessionLife].map((time) =>
      new Date(time).toISOString().replace('Z', '708802Z'),
    );
    return {
      session_token: token,
      session: { id: 'c17267e4', active: true, expires_at: end, authenticated_at: start },
    };
  };
  const error = (status: number, id: string): Answer => ({ status, body: { error: { id, code: status } } });

  const login = (flow: Flow | undefined, given: Record<string, string>): Answer => {
    if (flow === undefined) return error(404, 'not_found');
    if (flow.expired) return error(410, 'self_service_flow_expired');
    if (flow.second) return second(flow, given);
    if (given.identifier !== auth.person?.email || given.password !== auth.person?.password) {
      const text = 'The provided credentials are invalid, check for spelling mistakes.';
      return { status: 400, body: show(flow, { id: 4000006, text }) };
    }
    if (auth.person?.secondStep === 'browser') return error(422, 'browser_location_change_required');
    done.delete(token);
    return { status: 200, body: session() };
  };
  const second = (flow: Flow, given: Record<string, string>): Answer => {
    const asksForCode = given.method === 'code' || given.address !== undefined;
    if (asksForCode && (flow.sentTo === undefined || given.resend === 'code')) {
      const to = given.identifier ?? given.address ?? '';
      if (!addresses().includes(to)) {
        const text = 'This account does not exist or has not setup sign in with code.';
        return { status: 400, body: show(flow, { id: 4000035, text }) };
      }
      sendCode(flow, to);
      return { status: 400, body: show(flow, { id: 1010014, text: 'A code has been sent.', type: 'info' }) };
    }
    const code = given.totp_code ?? given.lookup_secret ?? given.code;
    if (code !== rightCode)
      return {
        status: 400,
        body: show(flow, { id: given.code ? 4010008 : 4000008, text: 'The code is invalid.' }),
      };
    done.add(token);
    return { status: 200, body: { session: session().session } };
  };
  // Follows AuthenticateClient and clientCredentialsFromRequest of Hydra's fosite.
  const access = (request: RecordedRequest): Answer => {
    const form = new URLSearchParams(request.body);
    const [scheme, encoded = ''] = (request.headers.authorization ?? '').split(' ');
    const isBasic = scheme === 'Basic';
    const pair = isBasic ? Buffer.from(encoded, 'base64').toString('latin1') : '';
    const colon = pair.indexOf(':');
    const decode = (text: string) => new URLSearchParams(`x=${text}`).get('x');
    const id = isBasic ? decode(pair.slice(0, colon)) : form.get('client_id');
    const secret = isBasic ? decode(pair.slice(colon + 1)) : form.get('client_secret');
    const method = isBasic ? 'client_secret_basic' : 'client_secret_post';
    const refuse = (hint: string): Answer => ({
      status: 401,
      body: { error: 'invalid_client', error_description: `Client authentication failed. ${hint}` },
    });
    if (form.get('grant_type') !== 'client_credentials')
      return { status: 400, body: { error: 'invalid_request' } };
    if (client === undefined || id !== client.id)
      return refuse('The requested OAuth 2.0 Client does not exist.');
    const wanted = client.method ?? 'client_secret_post';
    if (method !== wanted)
      return refuse(
        `The OAuth 2.0 Client supports client authentication method '${wanted}', but method '${method}' was requested.`,
      );
    if (secret !== client.secret) return refuse('');
    const life = auth.accessLife === undefined ? {} : { expires_in: auth.accessLife };
    return { status: 200, body: { access_token: nextAccess?.() ?? token, token_type: 'bearer', ...life } };
  };

  const answer = (request: RecordedRequest): Answer => {
    const url = new URL(request.path, 'http://localhost');
    const given = request.headers['x-session-token'];
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /self-service/login/api': {
        const isSecond = url.searchParams.get('aal') === 'aal2';
        if (isSecond !== (given !== undefined)) return error(400, 'session_already_available');
        return { status: 200, body: show(newFlow(isSecond)) };
      }
      case 'POST /self-service/login':
        return login(
          flows.get(url.searchParams.get('flow') ?? ''),
          (request.json ?? {}) as Record<string, string>,
        );
      case 'GET /sessions/whoami':
        if (!auth.hasWhoami) return error(404, 'not_found');
        if (auth.person?.secondStep !== undefined && !done.has(token))
          return error(403, 'session_aal2_required');
        return { status: 200, body: session().session };
      case 'DELETE /self-service/logout/api':
        auth.revoked.push((request.json as { session_token: string }).session_token);
        return { status: 204 };
      case 'POST /oauth2/token':
        return access(request);
      default:
        return error(404, 'not_found');
    }
  };

  const server = http.createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    );
    const request = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers,
      body,
      json: parse(body),
    };
    auth.requests.push(request);
    const { status, body: said, headers: more } = auth.fault?.(request) ?? answer(request);
    outgoing.writeHead(status, { 'content-type': 'application/json', ...more });
    outgoing.end(said === undefined ? undefined : typeof said === 'string' ? said : JSON.stringify(said));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(auth, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The requests as "METHOD path". */
    asked: () => auth.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

export type TestAuthServer = Awaited<ReturnType<typeof startAuthServer>>;

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
