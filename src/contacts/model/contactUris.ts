/** Addresses that other programs act on: only what certainly is one, as a server's text may hold more. */

/**
 * One email address: before the `@` the characters of an RFC 5322 atom and, by RFC 6532, letters of any script
 * with their marks and joiners, and pictures; behind it labels, with what RFC 5892 allows in them by context.
 */
const addressPattern =
  /^([\p{L}\p{M}\p{N}\p{So}\p{Join_Control}.!#$%&'*+/=?^_`{|}~-]{1,64})@([\p{L}\p{M}\p{N}\u00B7\u0375\u05F3\u05F4\u30FB\p{Join_Control}-]+(?:\.[\p{L}\p{M}\p{N}\u00B7\u0375\u05F3\u05F4\u30FB\p{Join_Control}-]+)*)$/u;

/** Characters, by RFC 5321. */
const maxAddress = 254;

const isEmailAddress = (text: string): boolean => text.length <= maxAddress && addressPattern.test(text);

/** Marks that come along where an address is pasted. */
const invisibleAtEnds =
  /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}]+|[\s\p{Cf}\p{Default_Ignorable_Code_Point}]+$/gu;

/** `mailto:` for one address, without the fields (copies, a body) that such an address can bring along. */
export function toMailto(email: string): string | undefined {
  const address = email.replace(invisibleAtEnds, '');
  // These have a meaning in an address of this kind, and may be part of a name (`r&d@example.org`).
  const escaped = () => encodeURI(address).replace(/[&?#=/]/g, encodeURIComponent);
  return isEmailAddress(address) ? `mailto:${escaped()}` : undefined;
}
