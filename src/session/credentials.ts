/**
 * The format of a session in SecretStorage: one record for each origin. The record repeats the origin, so
 * that a record under a wrong key is not used.
 */
import * as z from 'zod/mini';
import { parseWith, withFallback } from '../base/parseWith';

const secret = () => z.string().check(z.minLength(1));

const sessionToken = z.lazy(() =>
  z.object({
    kind: z.literal('sessionToken'),
    token: secret(),
    /** Milliseconds since 1970; absent if unknown. */
    expiresAt: z.optional(z.number()),
    /**
     * The server of the sign-in, or else the sign-in server of the API. The session is revoked at this server
     * only.
     */
    authUrl: z.optional(z.string()),
    /** The email address of the account. */
    label: z.optional(z.string()),
  }),
);

const serviceAccount = z.lazy(() =>
  z.object({
    kind: z.literal('serviceAccount'),
    clientId: secret(),
    clientSecret: secret(),
    /** The only server that receives the secret. */
    authUrl: secret(),
    /**
     * `renewAt` is in milliseconds since 1970; without it, the token is used until the API refuses it. An
     * unreadable token counts as missing and is requested again.
     */
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

export function formatCredential(origin: string, credential: Credential): string {
  return JSON.stringify({ version: 2, origin, ...credential });
}

/** @returns undefined for an unreadable record and for a record of another origin; never logs the text */
export function parseCredential(origin: string, text: string | undefined): Credential | undefined {
  if (text === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return parseWith(stored, json)?.origin === origin ? parseWith(credential, json) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Returns true if two credentials authenticate the same account. A renewed access token makes no difference.
 */
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

/** The name of the account for display, if known. */
export function labelOf(credential: Credential): string | undefined {
  return credential.kind === 'serviceAccount' ? credential.clientId : credential.label;
}

/** Accepts a token that fits into a header: visible ASCII characters only, without spaces. */
export function isSendable(token: string): boolean {
  return /^[\x21-\x7e]+$/.test(token);
}
