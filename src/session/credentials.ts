/** How a session is kept in SecretStorage: one record an origin, which also says which origin it is for. */
import * as z from 'zod/mini';
import { parseWith, withFallback } from '../base/parseWith';

const secret = () => z.string().check(z.minLength(1));

const sessionToken = z.lazy(() =>
  z.object({
    kind: z.literal('sessionToken'),
    token: secret(),
    /** Milliseconds since 1970, where the end is known. */
    expiresAt: z.optional(z.number()),
    /** Where it was signed in, or else the sign-in server that belongs to its API: only there may it be revoked. */
    authUrl: z.optional(z.string()),
    /** How a person knows the account: an e-mail address. */
    label: z.optional(z.string()),
  }),
);

const serviceAccount = z.lazy(() =>
  z.object({
    kind: z.literal('serviceAccount'),
    clientId: secret(),
    clientSecret: secret(),
    /** The only place that the secret is sent to. */
    authUrl: secret(),
    /** `renewAt` is in milliseconds since 1970; without one it is used until it is refused. Got anew if unreadable. */
    access: withFallback(
      z.optional(z.object({ token: secret(), renewAt: z.optional(z.number()) })),
      undefined,
    ),
  }),
);

const credential = z.lazy(() => z.discriminatedUnion('kind', [sessionToken, serviceAccount]));
const stored = z.lazy(() => z.object({ version: z.literal([1, 2]), origin: z.string() }));

export type ServiceAccount = z.infer<typeof serviceAccount>;
export type Credential = z.infer<typeof credential>;
export type Access = NonNullable<ServiceAccount['access']>;

const prefix = 'ctrlHub.session ';
export const secretKey = (origin: string) => `${prefix}${origin}`;

/** The origin whose session is kept under a key of SecretStorage. */
export function originOfKey(key: string): string | undefined {
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
}

export function formatCredential(origin: string, held: Credential): string {
  return JSON.stringify({ version: 2, origin, ...held });
}

/** Undefined for what cannot be read, and for a credential of another origin. Never says what it held. */
export function parseCredential(origin: string, text: string | undefined): Credential | undefined {
  if (text === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return parseWith(stored, json)?.origin === origin ? parseWith(credential, json) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether two credentials let the same account in; an access token that was renewed makes no difference. */
export function sameCredential(one: Credential | undefined, other: Credential): boolean {
  if (one?.kind === 'sessionToken')
    return other.kind === 'sessionToken' && one.token === other.token && one.expiresAt === other.expiresAt;
  return (
    one?.kind === 'serviceAccount' &&
    other.kind === 'serviceAccount' &&
    one.clientId === other.clientId &&
    one.clientSecret === other.clientSecret &&
    one.authUrl === other.authUrl
  );
}

/** How a person knows the account, where that is known. */
export function labelOf(held: Credential): string | undefined {
  return held.kind === 'serviceAccount' ? held.clientId : held.label;
}

/** A header must hold it: no line break, no space within, nothing beyond ASCII. */
export function isSendable(token: string): boolean {
  return /^[\x21-\x7e]+$/.test(token);
}
