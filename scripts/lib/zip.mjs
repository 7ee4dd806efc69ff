/**
 * Packs a zip anew so that the same files give the same bytes: sorted, of one time and one mode, and
 * compressed in JavaScript, as zlib's output differs between versions of Node and kinds of processor.
 */
import fs from 'node:fs';
import { unzipSync, zipSync } from 'fflate';

/** A zip holds local time: midday of the first day that it can hold, in whatever zone this runs. */
const time = new Date(1980, 0, 1, 12);
const unix = 3;
const plainFile = 0o100644 * 2 ** 16;

/** @param change what a file's bytes become, by its path */
export function repack(file, change) {
  const entries = Object.entries(unzipSync(fs.readFileSync(file)))
    .map(([name, bytes]) => [name, change(name, bytes)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  fs.writeFileSync(
    file,
    zipSync(Object.fromEntries(entries), { level: 9, mtime: time, os: unix, attrs: plainFile }),
  );
}

/** @returns the text of each file in a zip, by its path */
export function readZip(file) {
  const entries = Object.entries(unzipSync(fs.readFileSync(file)));
  return new Map(entries.map(([name, bytes]) => [name, Buffer.from(bytes).toString()]));
}
