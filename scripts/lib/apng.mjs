/**
 * Joins pictures of one size into an animated PNG. Source:
 * https://www.w3.org/TR/png-3/#apng-frame-based-animation.
 */
import zlib from 'node:zlib';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * @param frames `{ png, ms }`: a picture and its duration
 * @param plays the number of repetitions; the last picture then stays
 */
export function toApng(frames, plays) {
  let sequence = 0;
  const numbered = (length, write) => {
    const data = Buffer.alloc(length);
    data.writeUInt32BE(sequence++);
    write(data);
    return data;
  };
  const [header] = chunksOf(frames[0].png).filter(({ type }) => type === 'IHDR');
  const control = Buffer.alloc(8);
  control.writeUInt32BE(frames.length);
  control.writeUInt32BE(plays, 4);
  const out = [signature, chunk('IHDR', header.data), chunk('acTL', control)];
  frames.forEach(({ png, ms }, index) => {
    const all = chunksOf(png);
    if (!all.some(({ type, data }) => type === 'IHDR' && data.equals(header.data)))
      throw new Error('the pictures differ in size or colours');
    const frame = numbered(26, (data) => {
      header.data.copy(data, 4, 0, 8);
      data.writeUInt16BE(ms, 20);
      data.writeUInt16BE(1000, 22);
    });
    out.push(chunk('fcTL', frame));
    for (const { type, data } of all) {
      if (type !== 'IDAT') continue;
      // Programs without support for animation show the first picture.
      if (index === 0) out.push(chunk('IDAT', data));
      else
        out.push(
          chunk(
            'fdAT',
            numbered(4 + data.length, (part) => data.copy(part, 4)),
          ),
        );
    }
  });
  return Buffer.concat([...out, chunk('IEND', Buffer.alloc(0))]);
}

function chunksOf(png) {
  const chunks = [];
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length);
  body.copy(out, 4);
  out.writeUInt32BE(zlib.crc32(body), out.length - 4);
  return out;
}
