import * as z from 'zod/mini';

/**
 * Reads an input as a schema describes it. It neither throws nor says why: a reason could hold what was read,
 * and reasons end up in logs.
 * @returns undefined for what does not fit
 */
export function parseWith<T>(schema: z.ZodMiniType<T>, input: unknown): T | undefined {
  try {
    return z.safeParse(schema, input).data;
  } catch {
    return undefined;
  }
}

/** As `z.catch`, which would bring 10 kB of zod's utilities into the bundle. */
export const withFallback = <T, F>(schema: z.ZodMiniType<T>, fallback: F) =>
  z.union([
    schema,
    z.pipe(
      z.optional(z.unknown()),
      z.transform((): F => fallback),
    ),
  ]);
