/** How a session is kept in SecretStorage: one record an origin, which also says which origin it is for. */
import * as z from 'zod/mini';

const schema = z.object({
  version: z.literal(1),
  origin: z.string(),
  kind: z.literal('sessionToken'),
  token: z.string().check(z.minLength(1)),
});
export type Credential = z.infer<typeof schema>;

export const secretKey = (origin: string) => `ctrlHub.session ${origin}`;

export function toCredential(origin: string, token: string): Credential {
  return { version: 1, origin, kind: 'sessionToken', token };
}

/** Undefined for what cannot be read, and for a credential of another origin. Never says what it held. */
export function parseCredential(origin: string, stored: string | undefined): Credential | undefined {
  if (stored === undefined) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(stored));
    return parsed.success && parsed.data.origin === origin ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** A header must hold it: no line break, no space within, nothing beyond ASCII. */
export function isSendable(token: string): boolean {
  return /^[\x21-\x7e]+$/.test(token);
}
