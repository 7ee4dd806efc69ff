/** The keys of SecretStorage: one for each origin. */
const prefix = 'ctrlHub.session ';
export const secretKey = (origin: string) => `${prefix}${origin}`;

/** @returns the origin of a key of SecretStorage; undefined for another kind of key */
export function originOfKey(key: string): string | undefined {
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
}
