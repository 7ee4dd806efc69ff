/** Formats dates and numbers in the display language. */

/**
 * Returns the browser's variant of the display language ("en-GB" for "en"), or that language itself;
 * undefined, for the browser's own language, if it is not supported.
 */
function locale(): string | undefined {
  const language = document.documentElement.lang;
  const isOf = (tag: string) => `${tag}-`.toLowerCase().startsWith(`${language}-`.toLowerCase());
  try {
    return navigator.languages.find(isOf) ?? Intl.DateTimeFormat.supportedLocalesOf(language)[0];
  } catch {
    return undefined;
  }
}

/** Caches a format for each display language, because creating one takes as long as a thousand uses. */
export function oncePerLanguage<T>(make: (tag: string | undefined) => T): () => T {
  let known: { readonly language: string; readonly made: T } | undefined;
  return () => {
    const language = document.documentElement.lang;
    if (known?.language !== language) known = { language, made: make(locale()) };
    return known.made;
  };
}

const numbers = oncePerLanguage((tag) => new Intl.NumberFormat(tag));
export const formatNumber = (count: number) => numbers().format(count);
