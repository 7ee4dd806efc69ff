import { type GenericSchema, safeParse } from 'valibot';

/** What a schema makes of an input; undefined where it does not fit. Stops at the first thing that is wrong. */
export function parseWith<T>(schema: GenericSchema<unknown, T>, input: unknown): T | undefined {
  const { success, output } = safeParse(schema, input, { abortEarly: true });
  return success ? output : undefined;
}
