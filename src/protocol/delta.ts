/**
 * How plain data becomes other plain data, so that only what changed has to be sent. Pure. Property values of
 * `undefined` count as absent, as messages lose them.
 */

export type Delta =
  /** Another value. */
  | { readonly set: unknown }
  /** The same object or list but for some of its parts. `length` is that of a list. */
  | {
      readonly in: Readonly<Record<string, Delta>>;
      readonly without?: readonly string[];
      readonly length?: number;
    };

type Parts = Readonly<Record<string, unknown>>;

/** @returns undefined if both are equal; objects that are identical are not compared in depth */
export function deltaOf(before: unknown, after: unknown): Delta | undefined {
  if (before === after) return undefined;
  if (!isParts(before) || !isParts(after) || Array.isArray(before) !== Array.isArray(after))
    return { set: after };
  const changed = Object.entries(after).flatMap(([name, part]) => {
    const delta = part === undefined ? undefined : deltaOf(partOf(before, name), part);
    return delta === undefined ? [] : [[name, delta] as const];
  });
  const isThere = (parts: Parts, name: string) => partOf(parts, name) !== undefined;
  const without = Object.keys(before).filter((name) => isThere(before, name) && !isThere(after, name));
  const isList = Array.isArray(before) && Array.isArray(after);
  const length = isList && before.length !== after.length ? { length: after.length } : {};
  if (changed.length + without.length === 0) return undefined;
  return {
    in: Object.fromEntries(changed),
    ...(without.length > 0 && !isList ? { without } : {}),
    ...length,
  };
}

/** @returns a new value; parts that did not change are the same objects as before */
export function withDelta(before: unknown, delta: Delta): unknown {
  if ('set' in delta) return delta.set;
  const parts = isParts(before) ? before : {};
  const changed = Object.entries(delta.in).map(
    ([name, one]) => [name, withDelta(partOf(parts, name), one)] as const,
  );
  if (Array.isArray(before)) {
    const list: unknown[] = [...before];
    list.length = delta.length ?? list.length;
    for (const [at, part] of changed) list[Number(at)] = part;
    return list;
  }
  const kept = Object.entries(parts).filter(([name]) => !delta.without?.includes(name));
  return Object.fromEntries([...kept, ...changed]);
}

const isParts = (value: unknown): value is Parts => typeof value === 'object' && value !== null;

const partOf = (parts: Parts, name: string) => (Object.hasOwn(parts, name) ? parts[name] : undefined);
