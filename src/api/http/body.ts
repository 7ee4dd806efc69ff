/** Reads the body of a response as text, up to a limit. */
import { isUtf8 } from 'node:buffer';
import { ApiError } from './errors';

/** The limit for a decompressed body in bytes. A page of 100 contacts has about 60,000. */
export const maxBytes = 20_000_000;

/**
 * @param max the limit in bytes; the rest of a larger body is not read
 * @throws ApiError `tooLarge`; `badResponse` if the body is not UTF-8
 */
export async function readText(response: Response, max = maxBytes): Promise<string> {
  const { status, headers, body } = response;
  if (body === null) return '';
  const header = headers.get('content-length');
  const length = header === null ? Number.NaN : Number(header);
  // HTTP enforces `Content-Length`, but the header does not limit the size of a compressed body.
  if (length <= max && !headers.has('content-encoding'))
    return decode(response, new Uint8Array(await response.arrayBuffer()));
  const chunks: Uint8Array[] = [];
  const reader = body.getReader();
  for (let size = length > max ? length : 0; size <= max; ) {
    const { done, value } = await reader.read();
    if (done) return decode(response, Buffer.concat(chunks));
    chunks.push(value);
    size += value.byteLength;
  }
  reader.cancel().catch(() => undefined);
  throw new ApiError('tooLarge', { status, traceId: traceIdOf(headers) });
}

/**
 * Decodes UTF-8, which JSON requires, whatever the response declares (RFC 8259, section 8.1). Invalid bytes
 * throw: as U+FFFD, the next save would write them to the record. A byte order mark is skipped. `TextDecoder`
 * can refuse invalid bytes, too, but takes as long as `JSON.parse` does for the text.
 */
function decode({ status, headers }: Response, bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new ApiError('badResponse', { status, traceId: traceIdOf(headers) });
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Returns `X-Trace-Id`, cut at 200 characters. */
export function traceIdOf(headers: Headers): string | undefined {
  return headers.get('x-trace-id')?.slice(0, 200);
}
