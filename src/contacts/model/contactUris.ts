/** URIs that other programs act on. Server text may hold anything, so only valid addresses become URIs. */
import { pattern } from '../../base/lazy';

/**
 * Matches one email address. The local part has the characters of an atom (RFC 5322), letters of any script
 * with their marks and joiners (RFC 6532), and pictographs; the domain has labels with the contextual
 * characters of RFC 5892.
 */
const addressPattern = pattern(
  "^([\\p{L}\\p{M}\\p{N}\\p{So}\\p{Join_Control}.!#$%&'*+/=?^_`{|}~-]{1,64})@([\\p{L}\\p{M}\\p{N}\\u00B7\\u0375\\u05F3\\u05F4\\u30FB\\p{Join_Control}-]+(?:\\.[\\p{L}\\p{M}\\p{N}\\u00B7\\u0375\\u05F3\\u05F4\\u30FB\\p{Join_Control}-]+)*)$",
  'u',
);

/** The maximum length in characters (RFC 5321). */
const maxAddress = 254;

const isEmailAddress = (text: string): boolean => text.length <= maxAddress && addressPattern().test(text);

/** Invisible characters and white space that are copied along with an address. */
const invisibleAtEnds = pattern(
  '^[\\s\\p{Cf}\\p{Default_Ignorable_Code_Point}]+|[\\s\\p{Cf}\\p{Default_Ignorable_Code_Point}]+$',
  'gu',
);

/** Makes a `mailto:` URI of one address, without the fields (copies, a body) that such a URI can carry. */
export function toMailto(email: string): string | undefined {
  const address = email.replace(invisibleAtEnds(), '');
  // These characters are special in a `mailto:` URI, but may be part of an address (`r&d@example.org`).
  const escaped = () => encodeURI(address).replace(/[&?#=/]/g, encodeURIComponent);
  return isEmailAddress(address) ? `mailto:${escaped()}` : undefined;
}
