/**
 * The tag that `If-Match` may carry, out of an `ETag` header: one strong tag. Servers compare strongly there
 * (RFC 9110, 13.1.1), which a weak tag never passes, and two headers arrive as a list of two versions.
 */
export function strongTag(etag: string | undefined): string | undefined {
  // Servers that leave out the quotes compare the text as it is.
  return etag !== undefined && /^(?:"[^"]*"|[^\s",*]+)$/.test(etag) && !etag.startsWith('W/')
    ? etag
    : undefined;
}
