/**
 * A service account's access token (OAuth 2 client credentials).
 * Source: https://docs.ctrl-hub.com, page "auth"; sdk.ts sends the secret in the body, no scope, no audience.
 * A client may be registered for HTTP Basic authentication instead, and Ory Hydra then accepts no other way.
 */
import * as z from 'zod/mini';
import { ApiError } from '../api/http/errors';
import { parseWith, withFallback } from '../base/parseWith';
import { type AuthAnswer, type AuthServer, unexpected } from './authServer';
import { type Access, isSendable, type ServiceAccount } from './credentials';

const granted = z.lazy(() =>
  z.looseObject({
    access_token: z.string().check(z.refine(isSendable)),
    token_type: z.optional(z.string().check(z.regex(/^bearer$/i))),
    expires_in: withFallback(z.optional(z.number().check(z.gt(0))), undefined),
  }),
);
const refused = z.lazy(() => z.looseObject({ error: z.string() }));

/** Refusals that no later try changes, by their names in RFC 6749. */
const final = ['invalid_client', 'unauthorized_client', 'access_denied', 'invalid_grant'];
/** Milliseconds before its end that an access token is renewed, at most half of its life. */
const ahead = 60_000;
/** Milliseconds: a server that promises a longer life is asked again after a year. */
const longest = 365 * 24 * 3_600_000;

type Client = Pick<ServiceAccount, 'clientId' | 'clientSecret'>;

/** How a client identified itself when it was let in last: which way it is registered for is told by trying. */
export class ClientWay {
  isBasic = false;
}

/** @throws ApiError, `unauthorised` when id or secret is wrong; the `AbortError` of `signal` */
export async function requestAccess(
  auth: AuthServer,
  client: Client,
  signal?: AbortSignal,
  way = new ClientWay(),
): Promise<Access> {
  const asked = auth.clock.now();
  const { isBasic } = way;
  const first = await send(auth, client, isBasic, signal);
  if (first.status === 200) return toAccess(first, asked);
  if (errorOf(first) !== 'invalid_client') throw refusal(first);
  const second = await send(auth, client, !isBasic, signal);
  // A server that cannot make anything of the other way has still refused the client.
  if (second.status !== 200) throw refusal(isTrouble(second) ? second : first);
  way.isBasic = !isBasic;
  return toAccess(second, asked);
}

function send(auth: AuthServer, client: Client, isBasic: boolean, signal: AbortSignal | undefined) {
  const grant = { grant_type: 'client_credentials' };
  const request = { method: 'POST', path: '/oauth2/token', signal } as const;
  if (isBasic) return auth.send({ ...request, form: grant, basic: basicOf(client) });
  return auth.send({
    ...request,
    form: { ...grant, client_id: client.clientId, client_secret: client.clientSecret },
  });
}

/** Source: RFC 6749, section 2.3.1: both are form-encoded first. */
function basicOf({ clientId, clientSecret }: Client): string {
  const [id, secret] = [clientId, clientSecret].map((text) =>
    new URLSearchParams({ '': text }).toString().slice(1),
  );
  return Buffer.from(`${id}:${secret}`).toString('base64');
}

const errorOf = ({ body }: AuthAnswer) => parseWith(refused, body)?.error ?? '';
const isTrouble = ({ status }: AuthAnswer) => status === 429 || status >= 500;

function refusal(answer: AuthAnswer): ApiError {
  if (!final.includes(errorOf(answer))) return unexpected(answer);
  return new ApiError('unauthorised', { status: answer.status });
}

function toAccess(answer: AuthAnswer, asked: number): Access {
  const data = parseWith(granted, answer.body);
  if (data === undefined) throw unexpected(answer);
  const life = data.expires_in === undefined ? undefined : Math.min(data.expires_in * 1000, longest);
  if (life === undefined) return { token: data.access_token };
  return { token: data.access_token, renewAt: asked + life - Math.min(ahead, life / 2) };
}
