import * as z from 'zod/mini';

/**
 * Parses an input with a schema. It neither throws nor gives reasons, because a reason could quote the input,
 * and reasons end up in logs.
 * @returns undefined if the input does not fit
 */
export function parseWith<T>(schema: z.ZodMiniType<T>, input: unknown): T | undefined {
  try {
    return z.safeParse(schema, input).data;
  } catch {
    return undefined;
  }
}

/** Works as `z.catch`, which would add 10 kB of zod's utilities to the bundle. */
export const withFallback = <T, F>(schema: z.ZodMiniType<T>, fallback: F) =>
  z.union([
    schema,
    z.pipe(
      z.optional(z.unknown()),
      z.transform((): F => fallback),
    ),
  ]);
