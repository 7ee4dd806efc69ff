/** Where profiles are in the extension's global state: one entry an origin, as two windows may write at once. */
const prefix = 'profile ';

export const profileKey = (origin: string) => `${prefix}${origin}`;
export const isProfileKey = (key: string) => key.startsWith(prefix);
