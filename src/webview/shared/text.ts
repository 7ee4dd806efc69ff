/** Replaces the placeholders `{0}`, `{1}` of a translated text. */
export const fill = (pattern: string, ...values: readonly string[]) =>
  pattern.replace(/\{(\d)\}/g, (whole, n: string) => values[Number(n)] ?? whole);
