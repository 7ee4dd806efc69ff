/** Makes a value at its first use. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/**
 * A regular expression that is made at its first use, for classes of Unicode (`\p{L}`): a literal costs up to
 * two milliseconds when its bundle is loaded, because the engine checks all literals then.
 */
export const pattern = (source: string, flags: string) => lazy(() => new RegExp(source, flags));
