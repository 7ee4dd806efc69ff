/** The state of the page: the last state from the host, and the search query. Pure. */
import type { ReviewMark, ReviewMessage, ReviewRow, ReviewState } from '../../protocol/review';

export interface ReviewView {
  readonly state: ReviewState;
  readonly query: string;
  /** The searchable text of each row. */
  readonly texts: readonly string[];
}

/** Without case and accents: `muller` finds Müller. */
const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const textOf = ({ name, where, changes }: ReviewRow) =>
  [name, where, ...changes.flatMap(({ field, before, after, notes }) => [field, before, after, ...notes])]
    .map(folded)
    .join('\n');

/** @param query the search query from before this page was created */
export function receive(
  view: ReviewView | undefined,
  message: ReviewMessage,
  query = '',
): ReviewView | undefined {
  if (message.type === 'review') {
    const { state } = message;
    return { state, query: view?.query ?? query, texts: state.rows.map(textOf) };
  }
  if (view === undefined) return undefined;
  const marks: ReviewMark[] = [...view.state.marks];
  for (const [n, mark] of message.marks) if (n < marks.length) marks[n] = mark;
  return { ...view, state: { ...view.state, revision: message.revision, head: message.head, marks } };
}

/** Returns the indexes of the visible rows. */
export function shownRows({ texts, query }: ReviewView): readonly number[] {
  const words = folded(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  return texts.flatMap((text, n) => (words.every((word) => text.includes(word)) ? [n] : []));
}

export type AllIncluded = 'all' | 'some' | 'none';

/** Counts the included rows among the visible rows that can be excluded or included. */
export function includedOf({ state }: ReviewView, shown: readonly number[]): AllIncluded | undefined {
  const marks = shown.flatMap((n) => {
    const mark = state.marks[n];
    return mark?.canInclude ? [mark] : [];
  });
  if (marks.length === 0) return undefined;
  const count = marks.filter(({ isIncluded }) => isIncluded).length;
  return count === marks.length ? 'all' : count === 0 ? 'none' : 'some';
}
