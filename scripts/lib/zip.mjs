/**
 * Repacks a zip file, so that the same files give the same bytes: sorted, with one time and one mode, and
 * compressed in JavaScript, because the output of zlib differs between versions of Node and processors.
 */
import fs from 'node:fs';
import { unzipSync, zipSync } from 'fflate';

/** A zip file holds local times: noon of its first valid day, in any time zone. */
const time = new Date(1980, 0, 1, 12);
const unix = 3;
const plainFile = 0o100644 * 2 ** 16;

/** @param change returns the new bytes of a file by its path */
export function repack(file, change) {
  const entries = Object.entries(unzipSync(fs.readFileSync(file)))
    .map(([name, bytes]) => [name, change(name, bytes)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  fs.writeFileSync(
    file,
    zipSync(Object.fromEntries(entries), { level: 9, mtime: time, os: unix, attrs: plainFile }),
  );
}

/** @returns the text of each file in a zip file, by path */
export function readZip(file) {
  const entries = Object.entries(unzipSync(fs.readFileSync(file)));
  return new Map(entries.map(([name, bytes]) => [name, Buffer.from(bytes).toString()]));
}
