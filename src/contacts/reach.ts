/** Addresses that other programs act on: only what certainly is one, as a server's text may hold more. */

/** `mailto:` for one address, without the fields (copies, a body) that such an address can bring along. */
export function toMailto(email: string): string | undefined {
  const address = email.trim();
  // Nothing that has a meaning in an address of its own: no ? & % # and no quoted names.
  const isPlain = /^[\p{L}\p{N}.!$'*+/=^_`{|}~-]{1,64}@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*$/u.test(address);
  return isPlain && address.length <= 254 ? `mailto:${encodeURI(address)}` : undefined;
}
