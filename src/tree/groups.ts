/** Long lists in groups: VS Code draws a thousand siblings in a moment, and freezes over many thousands. */
import { rest } from '../base/abort';

/** Siblings that are shown as they are. */
const mostSiblings = 1_000;
/** Initials that are looked at before others get their turn: a few milliseconds' worth. */
const slice = 4_000;

export interface Group {
  /** Unique in its list. It stays the same while the order does, so that what is expanded stays expanded. */
  readonly key: string;
  /** The initial, where the list is sorted by text. */
  readonly initial?: string;
  /** Positions of the first and the last in the list, from 1. */
  readonly from: number;
  readonly to: number;
  readonly ids: readonly string[];
}

/**
 * @param textOf what the list is sorted by, if it is text: neighbours with the same initial make a group
 * @returns undefined for a list that needs no groups; groups by position for an order that goes to and fro between
 * initials, as there would be too many
 */
export async function groupsOf(
  ids: readonly string[],
  textOf: ((id: string) => string) | undefined,
): Promise<readonly Group[] | undefined> {
  if (ids.length <= mostSiblings) return undefined;
  const groups: Group[] = [];
  /** Groups so far with each initial: an order may come back to one. */
  const begun = new Map<string, number>();
  let begin = 0;
  let initial = textOf && initialOf(textOf(ids[0] ?? ''));
  const close = (end: number) => {
    for (let from = begin; from < end; from += mostSiblings) {
      const to = Math.min(end, from + mostSiblings);
      const nth = begun.get(initial ?? '') ?? 0;
      begun.set(initial ?? '', nth + 1);
      groups.push({
        key: initial === undefined ? String(from) : `${initial} ${nth}`,
        ...(initial === undefined ? {} : { initial }),
        from: from + 1,
        to,
        ids: ids.slice(from, to),
      });
    }
    begin = end;
  };
  if (textOf) {
    for (const [position, id] of ids.entries()) {
      if (position % slice === slice - 1) await rest();
      const own = initialOf(textOf(id));
      if (own === initial) continue;
      close(position);
      initial = own;
    }
  }
  close(ids.length);
  if (groups.length > mostSiblings) return groupsOf(ids, undefined);
  return groups;
}

const initialOf = (text: string) => [...text][0]?.toLocaleUpperCase() ?? '';
