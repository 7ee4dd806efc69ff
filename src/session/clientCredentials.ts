/**
 * Requests a service account's access token (OAuth 2.0 client credentials). Source:
 * https://docs.ctrl-hub.com, page "auth"; sdk.ts sends the secret in the body, without scope and audience. A
 * client may be registered for HTTP Basic authentication instead, and Ory Hydra then accepts no other method.
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

/** Errors that a retry cannot change, by their names in RFC 6749. */
const final = ['invalid_client', 'unauthorized_client', 'access_denied', 'invalid_grant'];
/** Milliseconds before its expiry that an access token is renewed, at most half of its lifetime. */
const ahead = 60_000;
/** The maximum lifetime in milliseconds: one year, whatever the server promises. */
const maxLife = 365 * 24 * 3_600_000;

type Client = Pick<ServiceAccount, 'clientId' | 'clientSecret'>;

/**
 * Remembers the authentication method that the server accepted last. Only a request shows which method a
 * client is registered for.
 */
export class ClientWay {
  isBasic = false;
}

/** @throws ApiError, `unauthorised` if ID or secret is wrong; the `AbortError` of `signal` */
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
  // The first response stands if the server rejects the second method for another reason: it refused the
  // client.
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

/** Encodes ID and secret as forms do before joining them. Source: RFC 6749, section 2.3.1. */
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
  const life = data.expires_in === undefined ? undefined : Math.min(data.expires_in * 1000, maxLife);
  if (life === undefined) return { token: data.access_token };
  return { token: data.access_token, renewAt: asked + life - Math.min(ahead, life / 2) };
}
