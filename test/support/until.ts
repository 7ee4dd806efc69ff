/** Waits until `test` returns a truthy value. After the limit it throws and names the condition. */
export async function until<T>(
  what: string,
  test: () => Promise<T> | T,
  ms = 15_000,
): Promise<Exclude<NonNullable<T>, false>> {
  const end = Date.now() + ms;
  let last: unknown;
  for (;;) {
    try {
      const value = await test();
      if (value) return value as Exclude<NonNullable<T>, false>;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end)
      throw new Error(`${what}: not within ${ms} ms (last: ${String(last).slice(0, 200)})`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
