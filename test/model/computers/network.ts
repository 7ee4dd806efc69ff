/** One window's connection to the server. Requests and answers are delayed, lost and altered. */
import type { Fetch } from '../../../src/api/http/transport';
import type { Scheduler } from './scheduler';
import { type Attributes, contactPath, type Server, type ServerAnswer } from './server';

/**
 * The fault of one request:
 * - `lostBefore`, `lostAfter`: no answer; the request is lost before or after the server carries it out
 * - `lostBeforeAll`, `lostAfterAll`: the next reading gets no answer either
 * - `slow`: the request arrives late; `slowAnswer`: only the answer is late
 * - a number: the server refuses with this status, and carries nothing out; `500after`: it carries the request out
 * - `errorsAt200`, `emptyAt200`: nothing is carried out, and the status reports success
 * - `bare`: carried out, and the answer contains no attributes; `noContent`: and has no body
 * - `ignored`: the answer shows that the server kept its values
 */
export type FaultKind =
  | 'lostBefore'
  | 'lostAfter'
  | 'lostBeforeAll'
  | 'lostAfterAll'
  | 'slow'
  | 'slowAnswer'
  | 'errorsAt200'
  | 'emptyAt200'
  | 'bare'
  | 'noContent'
  | 'ignored'
  | '500after'
  | 400
  | 401
  | 403
  | 404
  | 409
  | 412
  | 422
  | 429
  | 503;

export interface Fault {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly kind: FaultKind;
  readonly retryAfter?: string;
  /** The number of consecutive requests with this fault. */
  times: number;
}

export interface Request {
  readonly id: number;
  readonly window: string;
  readonly method: string;
  readonly path: string;
  /** The attributes in the request. */
  readonly attributes: Attributes | undefined;
  readonly ifMatch: string | undefined;
  readonly token: string;
  readonly at: number;
}

export interface NetworkHost {
  readonly scheduler: Scheduler;
  readonly server: Server;
  readonly faults: Fault[];
  /** Sessions that the server has ended. */
  readonly endedTokens: ReadonlySet<string>;
  /** Calls the listener when the window's process is killed. */
  onKilled(window: string, listener: () => void): void;
  /** Called when a window sends a request. */
  sent(request: Request): void;
  /** Called when a fault affects a request. */
  met(request: Request): void;
  /** Called when the server is about to carry out a change. */
  carriedOut(request: Request, change: () => ServerAnswer): ServerAnswer;
}

let requests = 0;

export function networkOf(window: string, host: NetworkHost): Fetch {
  return (url, init = {}) =>
    new Promise((resolve, reject) => {
      const { scheduler } = host;
      const request = toRequest(window, url, init, scheduler.now);
      let isOver = false;
      host.onKilled(window, () => isOver || reject(new DOMException('Aborted', 'AbortError')));
      host.sent(request);
      const fault = takeFault(host, request);
      const lost = () =>
        reject(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) }));
      init.signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
      const arrival =
        fault?.kind === 'slow' ? scheduler.latency(window, 1_500, 9_000) : scheduler.latency(window, 5, 40);
      const way =
        fault?.kind === 'slowAnswer'
          ? scheduler.latency(window, 1_500, 9_000)
          : scheduler.latency(window, 5, 40);
      if (fault?.kind === 'lostBefore') {
        scheduler.at(window, arrival, `${name(request)} is lost`, lost);
        return;
      }
      scheduler.at(undefined, arrival, `${name(request)} arrives`, () => {
        const answer = answerTo(host, request, fault);
        const isLost = fault?.kind === 'lostAfter';
        scheduler.at(window, way, `${name(request)} is answered ${isLost ? 'never' : answer.status}`, () => {
          isOver = true;
          if (isLost) lost();
          else resolve(toResponse(answer));
        });
      });
    });
}

const name = ({ window, method, path, id }: Request) =>
  `${window} ${method} ${path === contactPath ? 'contact' : path.replace(/.*customers./, '')} #${id}`;

function toRequest(window: string, url: string, init: RequestInit, at: number): Request {
  const headers = new Headers(init.headers);
  const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
  return {
    id: ++requests,
    window,
    method: init.method ?? 'GET',
    path: new URL(url).pathname,
    attributes: body?.data?.attributes,
    ifMatch: headers.get('if-match') ?? undefined,
    token: headers.get('x-session-token') ?? '',
    at,
  };
}

function takeFault(host: NetworkHost, request: Request): Fault | undefined {
  const index = host.faults.findIndex((fault) => fault.method === request.method);
  const fault = host.faults[index];
  if (fault === undefined) return undefined;
  if (--fault.times <= 0) host.faults.splice(index, 1);
  host.met(request);
  if (!isAll(fault)) return fault;
  // A reading is tried twice.
  host.faults.unshift({ method: 'GET', kind: 'lostBefore', times: 2 });
  return { ...fault, kind: fault.kind === 'lostAfterAll' ? 'lostAfter' : 'lostBefore' };
}

const isAll = ({ kind }: Fault) => kind === 'lostBeforeAll' || kind === 'lostAfterAll';

function answerTo(host: NetworkHost, request: Request, fault: Fault | undefined): ServerAnswer {
  const { server } = host;
  if (host.endedTokens.has(request.token)) return refusal(401);
  if (typeof fault?.kind === 'number') return refusal(fault.kind, fault.retryAfter);
  const record = request.path === contactPath ? 'contact' : (request.path.split('/').at(-1) ?? '');
  if (fault?.kind === 'ignored' && request.method === 'PUT') return server.answer(record);
  if (fault?.kind === 'errorsAt200') return { ...refusal(422), status: 200 };
  if (fault?.kind === 'emptyAt200') return { status: 200, headers: {}, body: {} };
  const { method, path, attributes: body, ifMatch, window: by } = request;
  const carryOut = () => server.handle({ method, path, body, ifMatch, by });
  const answer = method === 'GET' ? carryOut() : host.carriedOut(request, carryOut);
  if (fault === undefined || answer.status >= 300) return answer;
  if (fault.kind === '500after') return { status: 500, headers: {}, body: 'Internal error' };
  if (fault.kind === 'noContent') return { status: 204, headers: {}, body: undefined };
  if (fault.kind === 'bare') return { ...answer, body: { data: bare(answer.body) } };
  return answer;
}

function bare(body: unknown): unknown {
  const { data } = body as { readonly data: { readonly id: string; readonly type: string } };
  return { id: data.id, type: data.type };
}

function refusal(status: number, retryAfter?: string): ServerAnswer {
  // Ctrl Hub's 400 and 422 are about a value, and name the attribute.
  const value = {
    title: 'Validation error',
    detail: 'association must be one of occupier, owner',
    meta: { field: 'association' },
  };
  const status_ = {
    title: 'Validation error',
    detail: 'status must be one of open, closed',
    meta: { field: 'status' },
  };
  const errors = status === 400 ? [value] : status === 422 ? [status_] : [{ title: `Refused ${status}` }];
  const headers: Readonly<Record<string, string>> =
    retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  return { status, headers, body: { errors } };
}

function toResponse({ status, headers, body }: ServerAnswer): Response {
  const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
  const length = text === null ? '0' : `${Buffer.byteLength(text)}`;
  return new Response(text, { status, headers: { ...headers, 'content-length': length } });
}
