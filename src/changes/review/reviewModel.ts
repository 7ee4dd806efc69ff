/**
 * The state of a review: contacts with their drafts and readings, the contacts that the user excluded, and the outcomes
 * of the applied ones. Pure: the page is rendered from it, and Apply carries out `plan`.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ContactRef } from '../../api/contacts';
import type { Resource } from '../../api/http/document';
import { type Draft, isEmpty } from '../../contacts/drafts/draft';
import { keyOf } from '../../contacts/model/contact';
import { stillRestored } from '../../contacts/saving/saveRequest';
import { type ItemOutcome, isLeft, type OutcomeKind } from '../apply/outcome';
import { makePlan, type PlanSource } from '../plan/makePlan';
import type { MayBeWrong, Plan, PlanItem, Skipped } from '../plan/plan';
import type { FileScope, ReviewScope } from './reviewScope';

interface Applied {
  readonly item: PlanItem;
  readonly outcome: ItemOutcome;
}

export interface ReviewRowModel {
  readonly item: PlanItem;
  /** True if Apply sends the contact unless the user excludes it. */
  readonly isPlanned: boolean;
  readonly isIncluded: boolean;
  readonly outcome: ItemOutcome | undefined;
}

interface Parts {
  readonly origin: string;
  /** The keys of all contacts. Each contact keeps its place after it was applied. */
  readonly order: readonly string[];
  readonly sources: readonly PlanSource[];
  /** Contacts that were skipped before there were drafts, for example by an Undo. */
  readonly skipped: readonly Skipped[];
  readonly file: FileScope | undefined;
  readonly undoes: ReviewScope['undoes'];
  readonly excluded: ReadonlySet<string>;
  readonly mayBeWrong: MayBeWrong | undefined;
  readonly applied: ReadonlyMap<string, Applied>;
}

export class ReviewModel {
  readonly #parts: Parts;
  /** The plan including the excluded contacts. */
  readonly #whole: Plan;
  /** The plan that Apply carries out. */
  readonly plan: Plan;
  readonly rows: readonly ReviewRowModel[];
  /** The contacts without a row, with the reasons. */
  readonly skipped: readonly Skipped[];

  private constructor(parts: Parts, whole?: Plan) {
    this.#parts = parts;
    const { origin, sources, excluded, mayBeWrong, applied } = parts;
    this.#whole = whole ?? makePlan(origin, sources, mayBeWrong);
    const isOut = (ref: ContactRef) => excluded.has(keyOf(ref));
    this.plan = makePlan(
      origin,
      sources.map((source) => (isOut(source.ref) ? { ...source, isExcluded: true } : source)),
      mayBeWrong,
    );
    const items = new Map(this.#whole.items.map((item) => [keyOf(item.ref), item]));
    this.rows = parts.order.flatMap((key): readonly ReviewRowModel[] => {
      const planned = items.get(key);
      const done = applied.get(key);
      const item = planned ?? done?.item;
      if (item === undefined) return [];
      const isPlanned = planned !== undefined;
      return [{ item, isPlanned, isIncluded: isPlanned && !isOut(item.ref), outcome: done?.outcome }];
    });
    // The row of a contact already shows why it was not saved.
    this.skipped = [...parts.skipped, ...this.#whole.skipped].filter(({ ref }) => !applied.has(keyOf(ref)));
  }

  static of(
    origin: string,
    sources: readonly PlanSource[],
    { skipped = [], file, undoes }: Pick<ReviewScope, 'skipped' | 'file' | 'undoes'> = {},
    excluded: ReadonlySet<string> = new Set(),
    mayBeWrong?: MayBeWrong,
  ): ReviewModel {
    const order = sources.map(({ ref }) => keyOf(ref));
    return new ReviewModel({
      origin,
      order,
      sources,
      skipped,
      file,
      undoes,
      excluded,
      mayBeWrong,
      applied: new Map(),
    });
  }

  /** The file that the drafts were made from. */
  get file(): FileScope | undefined {
    return this.#parts.file;
  }

  /** The Apply that is being undone. */
  get undoes(): ReviewScope['undoes'] {
    return this.#parts.undoes;
  }

  /** The keys of the contacts that the user excluded. */
  get excluded(): ReadonlySet<string> {
    return this.#parts.excluded;
  }

  /** @param rows the indexes of the rows */
  setIncluded(rows: readonly number[], isIncluded: boolean): ReviewModel {
    const excluded = new Set(this.#parts.excluded);
    for (const n of rows) {
      const row = this.rows[n];
      if (row === undefined || !row.isPlanned) continue;
      if (isIncluded) excluded.delete(keyOf(row.item.ref));
      else excluded.add(keyOf(row.item.ref));
    }
    return new ReviewModel({ ...this.#parts, excluded }, this.#whole);
  }

  /** Returns the outcomes by row during Apply. @param outcomes one for each item of `plan` */
  during(plan: Plan, outcomes: readonly ItemOutcome[]): readonly (ItemOutcome | undefined)[] {
    const byKey = new Map(plan.items.map(({ ref }, n) => [keyOf(ref), outcomes[n]]));
    return this.rows.map(({ item, outcome }) => byKey.get(keyOf(item.ref)) ?? outcome);
  }

  /**
   * Returns the state after an Apply: saved contacts are done, and the next Apply covers the others.
   * @param plan the plan that was carried out
   * @param outcomes one for each of its items
   */
  after(
    plan: Plan,
    outcomes: readonly ItemOutcome[],
    now: (ref: ContactRef) => { readonly draft: Draft | undefined; readonly resource: Resource | undefined },
  ): ReviewModel {
    const applied = new Map(this.#parts.applied);
    plan.items.forEach((item, n) => {
      const outcome = outcomes[n];
      if (outcome) applied.set(keyOf(item.ref), { item, outcome });
    });
    const sources = this.#parts.sources.flatMap((source): readonly PlanSource[] => {
      const outcome = applied.get(keyOf(source.ref))?.outcome;
      if (outcome && !isLeft(outcome)) return [];
      const { draft, resource } = now(source.ref);
      const rest = { ...source, draft, exact: stillRestored(source.exact ?? {}, draft?.edits) };
      if (outcome === undefined) return [rest];
      const isGone = outcome.kind === 'refused' && outcome.reason === 'notFound';
      if (isGone) return [{ ...rest, reading: { kind: 'gone' } }];
      return [{ ...rest, ...(resource && { reading: { kind: 'read', resource } }) }];
    });
    return new ReviewModel({ ...this.#parts, sources, applied });
  }

  /**
   * Returns true if the unsaved edits differ from those that the review is based on.
   * @param drafts all drafts in the scope of the review
   */
  isOutdated(drafts: readonly { readonly key: ContactRef; readonly draft: Draft }[]): boolean {
    const edits = (all: readonly { readonly key: ContactRef; readonly draft: Draft | undefined }[]) =>
      new Map(all.flatMap(({ key, draft }) => (draft && !isEmpty(draft) ? [[keyOf(key), draft.edits]] : [])));
    const here = this.#parts.sources.map(({ ref, draft }) => ({ key: ref, draft }));
    return !isDeepStrictEqual(edits(here), edits(drafts));
  }
}

/** Counts the contacts by outcome. */
export function countOutcomes(
  outcomes: readonly (ItemOutcome | undefined)[],
): Readonly<Partial<Record<OutcomeKind, number>>> {
  const counts: Partial<Record<OutcomeKind, number>> = {};
  for (const outcome of outcomes) if (outcome) counts[outcome.kind] = (counts[outcome.kind] ?? 0) + 1;
  return counts;
}
