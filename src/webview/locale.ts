/** Dates and numbers as they are written in the display language. */

/**
 * The browser's own variety of the display language ("en-GB" for "en"), or that language; undefined, the
 * browser's own, for one that it does not know.
 */
export function locale(): string | undefined {
  const language = document.documentElement.lang;
  const isOf = (tag: string) => `${tag}-`.toLowerCase().startsWith(`${language}-`.toLowerCase());
  try {
    return navigator.languages.find(isOf) ?? Intl.DateTimeFormat.supportedLocalesOf(language)[0];
  } catch {
    return undefined;
  }
}

export const formatNumber = (count: number) => new Intl.NumberFormat(locale()).format(count);
