/**
 * Merges a page that was read again into a loaded list: inserts new contacts, and removes or moves others.
 * Pure functions.
 */

export interface Reread {
  readonly ids: readonly string[];
  /** True if the page begins the list, or ends it. */
  readonly first: boolean;
  readonly last: boolean;
  /** The position of a page whose contacts are all unknown. */
  readonly at: number;
}

/**
 * @param placeOf returns the index of a contact in `ids`
 * @param replaces the page is newer than the list: contacts that are missing between its rows were deleted,
 * and others were moved. Otherwise contacts are only inserted.
 * @returns the IDs in their new order; undefined if they stay as they are
 */
export function weave(
  ids: readonly string[],
  page: Reread,
  placeOf: (id: string) => number | undefined,
  replaces: boolean,
): readonly string[] | undefined {
  if (replaces && page.first && page.last) return isSame(ids, page.ids) ? undefined : page.ids;
  const anchors = steady(page.ids, placeOf);
  const gone = new Set<string>();
  if (replaces) {
    const kept = new Set(page.ids);
    for (const [from, to] of stretches(anchors, page, ids.length))
      for (const id of ids.slice(from, to)) if (!kept.has(id)) gone.add(id);
  }
  const before = new Map<number, string[]>();
  let at = anchors.length > 0 ? (anchors[0]?.place ?? 0) : page.first ? 0 : Math.min(page.at, ids.length);
  const anchored = new Set(anchors.map(({ id }) => id));
  for (const id of page.ids) {
    const place = placeOf(id);
    if (anchored.has(id)) at = (place ?? 0) + 1;
    else if (place === undefined || replaces) {
      if (place !== undefined) gone.add(id);
      before.set(at, [...(before.get(at) ?? []), id]);
    }
  }
  if (gone.size === 0 && before.size === 0) return undefined;
  const woven: string[] = [];
  for (let place = 0; place <= ids.length; place++) {
    woven.push(...(before.get(place) ?? []));
    const id = ids[place];
    if (id !== undefined && !gone.has(id)) woven.push(id);
  }
  return woven;
}

interface Anchor {
  readonly id: string;
  readonly place: number;
}

/**
 * Finds the largest number of the page's rows that are in the list's order: these stay, and the others moved.
 */
function steady(page: readonly string[], placeOf: (id: string) => number | undefined): readonly Anchor[] {
  // Computes the longest increasing run of positions: `ends[n]` is the smallest end of a run of n + 1.
  const ends: Anchor[] = [];
  const known: { readonly anchor: Anchor; readonly link: number }[] = [];
  const endOf: number[] = [];
  for (const id of page) {
    const place = placeOf(id);
    if (place === undefined) continue;
    const length = ends.findLastIndex((end) => end.place < place) + 1;
    const entry = { anchor: { id, place }, link: length === 0 ? -1 : (endOf[length - 1] ?? -1) };
    known.push(entry);
    ends[length] = entry.anchor;
    endOf[length] = known.length - 1;
  }
  const run: Anchor[] = [];
  for (let at = endOf.at(-1) ?? -1; at !== -1; at = known[at]?.link ?? -1) {
    const anchor = known[at]?.anchor;
    if (anchor) run.push(anchor);
  }
  return run.reverse();
}

/** Returns the parts of the list that a page covers: between its rows, and up to the ends of the list. */
function stretches(anchors: readonly Anchor[], { ids, first, last }: Reread, length: number) {
  // A larger distance between two neighbours means that one of them moved from far away.
  const maxDistance = 2 * ids.length;
  const places = anchors.map(({ place }) => place);
  const bounds = [...(first ? [-1] : []), ...places, ...(last ? [length] : [])];
  return bounds
    .slice(1)
    .map((to, n) => [(bounds[n] ?? 0) + 1, to] as const)
    .filter(([from, to]) => to > from && to - from <= maxDistance);
}

const isSame = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((id, n) => id === other[n]);
