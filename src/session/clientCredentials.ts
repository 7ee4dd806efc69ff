/**
 * A service account's access token (OAuth 2 client credentials).
 * Source: https://docs.ctrl-hub.com, page "auth"; sdk.ts sends the secret in the body, no scope, no audience.
 */
import * as v from 'valibot';
import { ApiError } from '../api/errors';
import { parseWith } from '../base/parseWith';
import { type AuthServer, unexpected } from './authServer';
import { type Access, isSendable, type ServiceAccount } from './credentials';

const granted = v.looseObject({
  access_token: v.pipe(v.string(), v.check(isSendable)),
  token_type: v.optional(v.pipe(v.string(), v.regex(/^bearer$/i))),
  expires_in: v.fallback(v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))), undefined),
});
const refused = v.looseObject({ error: v.string() });

/** Refusals that no later try changes, by their names in RFC 6749. */
const final = ['invalid_client', 'unauthorized_client', 'access_denied', 'invalid_grant'];
/** Milliseconds before its end that an access token is renewed, at most half of its life. */
const ahead = 60_000;
/** Milliseconds: a server that promises a longer life is asked again after a year. */
const longest = 365 * 24 * 3_600_000;

/** @throws ApiError, `unauthorised` when id or secret is wrong; the `AbortError` of `signal` */
export async function requestAccess(
  auth: AuthServer,
  { clientId, clientSecret }: Pick<ServiceAccount, 'clientId' | 'clientSecret'>,
  signal?: AbortSignal,
): Promise<Access> {
  const asked = auth.clock.now();
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const answer = await auth.send({ method: 'POST', path: '/oauth2/token', form, signal });
  if (answer.status !== 200) {
    const { error = '' } = parseWith(refused, answer.body) ?? {};
    throw final.includes(error)
      ? new ApiError('unauthorised', { status: answer.status })
      : unexpected(answer);
  }
  const data = parseWith(granted, answer.body);
  if (data === undefined) throw unexpected(answer);
  const life = data.expires_in === undefined ? undefined : Math.min(data.expires_in * 1000, longest);
  if (life === undefined) return { token: data.access_token };
  return { token: data.access_token, renewAt: asked + life - Math.min(ahead, life / 2) };
}
