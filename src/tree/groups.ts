/**
 * Splits long lists into groups: VS Code draws a thousand siblings quickly, but freezes with many thousands.
 */
import { yieldToEventLoop } from '../base/abort';

/** The maximum number of siblings. */
const maxSiblings = 1_000;
/** The number of initials to read before yielding to the event loop: a few milliseconds. */
const slice = 4_000;

export interface Group {
  /** Unique in its list. The key depends on the order only, so that expanded groups stay expanded. */
  readonly key: string;
  /** The initial of the group's contacts, if the list is sorted by text. */
  readonly initial?: string;
  /** The positions of the first and the last contact in the list, from 1. */
  readonly from: number;
  readonly to: number;
  readonly ids: readonly string[];
}

/**
 * Splits a list into groups.
 * @param textOf returns the sort text of a contact, if the list is sorted by text: neighbours with the same
 * initial make a group
 * @returns undefined for a short list; groups by position if initials alternate so often that they make too
 * many groups
 */
export async function groupsOf(
  ids: readonly string[],
  textOf: ((id: string) => string) | undefined,
): Promise<readonly Group[] | undefined> {
  if (ids.length <= maxSiblings) return undefined;
  const groups: Group[] = [];
  /** The number of groups so far with each initial, which may occur again later in the list. */
  const begun = new Map<string, number>();
  let begin = 0;
  let initial = textOf && initialOf(textOf(ids[0] ?? ''));
  const close = (end: number) => {
    for (let from = begin; from < end; from += maxSiblings) {
      const to = Math.min(end, from + maxSiblings);
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
      if (position % slice === slice - 1) await yieldToEventLoop();
      const own = initialOf(textOf(id));
      if (own === initial) continue;
      close(position);
      initial = own;
    }
  }
  close(ids.length);
  if (groups.length > maxSiblings) return groupsOf(ids, undefined);
  return groups;
}

const initialOf = (text: string) => [...text][0]?.toLocaleUpperCase() ?? '';
