/** Dates and numbers as they are written in the display language. */

/**
 * The browser's own variety of the display language ("en-GB" for "en"), or that language; undefined, the
 * browser's own, for one that it does not know.
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

/** Making a format costs more than using it a thousand times: once for a display language is enough. */
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
