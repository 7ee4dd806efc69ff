/** The maximum number of characters in a field, unless it held more before. */
export const maxValueLength = 1_000_000;
