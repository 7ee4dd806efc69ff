/**
 * A real loopback server with the sandbox behind it. It speaks JSON:API, records every request, and fails on
 * demand.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { newSecret } from '../../scripts/lib/canary.mjs';
import { createSandbox, type SandboxOptions } from '../../src/sandbox/sandbox';
import { noteRequests } from './canary';
import { until } from './until';

export interface RecordedRequest {
  readonly method: string;
  /** The path with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly json: unknown;
}

export interface Fault {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly raw?: string;
  /** The request is carried out all the same, but this is the response. */
  readonly carriedOut?: boolean;
  /** Milliseconds before the response; alone, it delays the real response. */
  readonly delay?: number;
  /** Nothing is answered before this is kept; what is carried out is so at once. */
  readonly held?: Promise<unknown>;
  /** Cuts the connection: before the request is carried out, within the response, or in place of it. */
  readonly drop?: 'before' | 'during' | 'after';
}

export interface ApiServer {
  readonly url: string;
  readonly token: string;
  readonly requests: RecordedRequest[];
  /** How many requests have no answer yet. */
  readonly pending: number;
  fault: ((request: RecordedRequest) => Fault | undefined) | undefined;
  /** Holds a response, made when the request came, until the promise resolves. */
  hold?: ((request: RecordedRequest) => Promise<void> | undefined) | undefined;
  stop(): Promise<void>;
}

/** All servers that run, also those of other pieces that the tests are bundled in. */
const key = Symbol.for('ctrlHub.servers');
const known: unknown = Reflect.get(globalThis, key);
const running: Set<Pick<ApiServer, 'fault' | 'hold'>> = known instanceof Set ? known : new Set();
Reflect.set(globalThis, key, running);

/** No server has a fault any more, whatever a test that failed left. */
export function forgetFaults(): void {
  for (const server of running) {
    server.fault = undefined;
    server.hold = undefined;
  }
}

interface Options extends SandboxOptions {
  /** Responds in place of the sandbox. */
  readonly handler?: (request: Request) => Promise<Response> | Response;
}

export async function startApiServer(options: Options = {}): Promise<ApiServer> {
  const sandbox = createSandbox({ token: newSecret(), ...options });
  const handle = options.handler ?? ((request: Request) => sandbox.fetch(request));
  const api: Pick<ApiServer, 'fault' | 'hold' | 'pending' | 'requests'> = {
    fault: undefined,
    requests: [],
    get pending() {
      return pending;
    },
  };
  let pending = 0;
  noteRequests(api.requests);
  running.add(api);

  const server = http.createServer(async (incoming, outgoing): Promise<void> => {
    pending++;
    outgoing.once('close', () => pending--);
    const request = await record(incoming);
    api.requests.push(request);
    const fault = api.fault?.(request);
    if (fault?.delay) await new Promise((resolve) => setTimeout(resolve, fault.delay));
    if (fault?.carriedOut) await handle(toRequest(request));
    await fault?.held;
    if (fault?.drop === 'before') return void incoming.socket.destroy();
    const answer = isAnswer(fault) ? faultAnswer(fault) : await handle(toRequest(request));
    if (fault?.drop === 'after') return void incoming.socket.destroy();
    const body = Buffer.from(await answer.arrayBuffer());
    await api.hold?.(request);
    const length = fault?.drop === 'during' ? { 'content-length': String(body.length) } : {};
    outgoing.writeHead(answer.status, { ...Object.fromEntries(answer.headers), ...length });
    if (fault?.drop !== 'during') return void outgoing.end(body);
    outgoing.write(body.subarray(0, body.length / 2));
    setTimeout(() => incoming.socket.destroy(), 20);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(api, {
    url: `http://127.0.0.1:${port}`,
    token: sandbox.token,
    stop: () =>
      new Promise<void>((resolve) => {
        running.delete(api);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** Until a server is asked nothing any more: no request without an answer, and none that follows one. */
export async function untilQuiet(
  server: Pick<ApiServer, 'pending' | 'requests'>,
  { pending = 0 } = {},
): Promise<void> {
  let before = -1;
  let looks = 0;
  await until('no more requests', () => {
    const { length } = server.requests;
    looks = server.pending <= pending && length === before ? looks + 1 : 0;
    before = length;
    return looks > 4;
  });
}

async function record(incoming: http.IncomingMessage): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks).toString();
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    ),
    body,
    json: parse(body),
  };
}

function parse(body: string): unknown {
  try {
    return body === '' ? undefined : JSON.parse(body);
  } catch {
    return undefined;
  }
}

function toRequest({ method, path, headers, body }: RecordedRequest): Request {
  const { connection: _, 'content-length': __, host: ___, ...rest } = headers;
  return new Request(`http://127.0.0.1${path}`, { method, headers: rest, ...(body === '' ? {} : { body }) });
}

const isAnswer = (fault: Fault | undefined): fault is Fault =>
  fault !== undefined && (fault.status !== undefined || fault.body !== undefined || fault.raw !== undefined);

function faultAnswer({ status = 200, headers, body, raw }: Fault): Response {
  const empty = status === 204 || status === 304;
  return new Response(empty ? null : (raw ?? JSON.stringify(body ?? {})), {
    status,
    headers: { 'content-type': 'application/vnd.api+json', 'x-trace-id': 'trace-test', ...headers },
  });
}
