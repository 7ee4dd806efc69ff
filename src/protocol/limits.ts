/** Characters that a person can type into a field, unless it held more already. */
export const longestValue = 1_000_000;
