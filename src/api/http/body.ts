/** Reads an answer's body as text, and gives up on one that is larger than anything Ctrl Hub has to say. */
import { isUtf8 } from 'node:buffer';
import { ApiError } from './errors';

/** Bytes, unpacked: a page of 100 contacts has some 60,000. */
export const mostBytes = 20_000_000;

/** @throws ApiError `tooLarge`, where what was not read is not waited for; `notUnderstood` if it is not UTF-8 */
export async function readText(response: Response, most = mostBytes): Promise<string> {
  const { status, headers, body } = response;
  if (body === null) return '';
  const said = headers.get('content-length');
  const length = said === null ? Number.NaN : Number(said);
  // HTTP itself holds a server to the length that it says; of what is packed, that says little.
  if (length <= most && !headers.has('content-encoding'))
    return decode(response, new Uint8Array(await response.arrayBuffer()));
  const chunks: Uint8Array[] = [];
  const reader = body.getReader();
  for (let size = length > most ? length : 0; size <= most; ) {
    const { done, value } = await reader.read();
    if (done) return decode(response, Buffer.concat(chunks));
    chunks.push(value);
    size += value.byteLength;
  }
  reader.cancel().catch(() => undefined);
  throw new ApiError('tooLarge', { status, traceId: traceIdOf(headers) });
}

/**
 * JSON is UTF-8, whatever the answer declares (RFC 8259, section 8.1). Bytes that are not would be replaced by
 * U+FFFD, and the next save would write that back. A byte order mark is passed over. `TextDecoder` can refuse such
 * bytes as well, and takes as long for it as `JSON.parse` does for the text.
 */
function decode({ status, headers }: Response, bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new ApiError('notUnderstood', { status, traceId: traceIdOf(headers) });
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** `X-Trace-Id`, as long as one may be. */
export function traceIdOf(headers: Headers): string | undefined {
  return headers.get('x-trace-id')?.slice(0, 200);
}
