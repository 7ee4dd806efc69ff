/** What is on screen: the host's last state, and what is searched for. Pure. */
import type { ReviewMark, ReviewMessage, ReviewRow, ReviewState } from '../../protocol/review';

export interface ReviewView {
  readonly state: ReviewState;
  readonly query: string;
  /** For each row, what is looked through. */
  readonly texts: readonly string[];
}

const textOf = ({ name, where, changes }: ReviewRow) =>
  [name, where, ...changes.flatMap(({ field, before, after }) => [field, before, after])]
    .join('\n')
    .toLocaleLowerCase();

/** @param query what was searched for before this page was made */
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

/** The places of the rows that are shown. */
export function shownRows({ texts, query }: ReviewView): readonly number[] {
  const words = query
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return texts.flatMap((text, n) => (words.every((word) => text.includes(word)) ? [n] : []));
}

export type AllTaken = 'all' | 'some' | 'none';

/** How many of the shown rows are included, of those that can be. */
export function takenOf({ state }: ReviewView, shown: readonly number[]): AllTaken | undefined {
  const marks = shown.flatMap((n) => {
    const mark = state.marks[n];
    return mark?.canTake ? [mark] : [];
  });
  if (marks.length === 0) return undefined;
  const count = marks.filter(({ isIncluded }) => isIncluded).length;
  return count === marks.length ? 'all' : count === 0 ? 'none' : 'some';
}
