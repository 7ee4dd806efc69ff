/**
 * The keys of profiles in the extension's global state: one entry an origin, because two windows may write at
 * once.
 */
const prefix = 'profile ';

export const profileKey = (origin: string) => `${prefix}${origin}`;
export const isProfileKey = (key: string) => key.startsWith(prefix);
