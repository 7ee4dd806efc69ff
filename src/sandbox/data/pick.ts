/**
 * Deterministic choices: the same number always gives the same value, so that contact 70,000 needs no other
 * contact.
 */

/** Returns a number from 0 to 2³²-1 that looks random (a finaliser of MurmurHash3). */
export function mix(seed: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export function pick<T>(list: readonly T[], seed: number): T {
  const item = list[mix(seed) % list.length];
  if (item === undefined) throw new RangeError('Nothing to choose from');
  return item;
}

/** Returns the ID of the n-th record of a kind, in the form of a UUID. */
export function uuid(kind: number, n: number): string {
  const hex = [1, 2, 3, 4]
    .map((part) =>
      mix(mix(kind * 31 + part) + n)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Returns a time within the ten years before 2026-01-01, in RFC 3339. */
export function timestamp(seed: number): string {
  const end = Date.UTC(2026, 0, 1);
  return new Date(end - (mix(seed) % (10 * 365 * 24 * 3600)) * 1000).toISOString().replace('.000Z', 'Z');
}
