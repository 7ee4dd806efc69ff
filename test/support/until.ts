import { patience } from '../../scripts/lib/patience.mjs';

/** Milliseconds on an idle computer, and between two looks: most things are there soon. */
const longest = 30_000;
const between = [0, 1, 2, 4, 8, 16, 32, 50] as const;
const fewestLooks = 200;

/**
 * Waits until `test` gives something truthy, and says what it waited for if it never does. It looks a fixed number
 * of times at least, so that its end also moves away when a computer grows slow while it waits.
 */
export async function until<T>(
  what: string,
  test: () => Promise<T> | T,
): Promise<Exclude<NonNullable<T>, false>> {
  const end = performance.now() + patience(longest);
  let last: unknown;
  for (let looks = 1; ; looks++) {
    try {
      const value = await test();
      if (value) return value as Exclude<NonNullable<T>, false>;
      last = value;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end && looks > fewestLooks)
      throw new Error(`${what}: not within ${looks} looks (last: ${String(last).slice(0, 1000)})`);
    await new Promise((resolve) => setTimeout(resolve, between[looks - 1] ?? 50));
  }
}
