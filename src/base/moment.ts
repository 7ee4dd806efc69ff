/** A moment that a server gave, in milliseconds since 1970; NaN for whatever else came. */
export const momentOf = (value: unknown): number =>
  typeof value === 'string' ? Date.parse(value) : Number.NaN;
