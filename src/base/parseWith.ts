import { safeParse, type ZodMiniType } from 'zod/mini';

/**
 * Reads an input as a schema describes it. It neither throws nor says why: a reason could hold what was read,
 * and reasons end up in logs.
 * @returns undefined for what does not fit
 */
export function parseWith<T>(schema: ZodMiniType<T>, input: unknown): T | undefined {
  try {
    return safeParse(schema, input).data;
  } catch {
    return undefined;
  }
}
