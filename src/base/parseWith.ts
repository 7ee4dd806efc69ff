import { type GenericSchema, safeParse } from 'valibot';

/**
 * Parses an input with a schema and stops at the first error.
 * @returns undefined if the input does not fit
 */
export function parseWith<T>(schema: GenericSchema<unknown, T>, input: unknown): T | undefined {
  const { success, output } = safeParse(schema, input, { abortEarly: true });
  return success ? output : undefined;
}
