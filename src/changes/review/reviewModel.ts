/**
 * What a review is about: contacts with their drafts and readings, what a person took out, and what became of those
 * that were applied. Pure: the page shows what is made from it, and Apply carries out `plan`.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ContactRef } from '../../api/contacts';
import type { Resource } from '../../api/http/document';
import { type Draft, isEmpty } from '../../contacts/drafts/draft';
import { fieldNames, keyOf } from '../../contacts/model/contact';
import type { Exacts } from '../../contacts/saving/outgoing';
import type { FieldName } from '../../protocol/fields';
import { type ItemOutcome, isLeft, type OutcomeKind } from '../apply/outcome';
import { makePlan, type PlanSource } from '../plan/makePlan';
import type { Plan, PlanItem, Skipped } from '../plan/plan';

interface Applied {
  readonly item: PlanItem;
  readonly outcome: ItemOutcome;
}

export interface ReviewRowModel {
  readonly item: PlanItem;
  /** Part of what Apply would do, unless it is taken out. */
  readonly isPlanned: boolean;
  readonly isIncluded: boolean;
  readonly outcome: ItemOutcome | undefined;
}

interface Parts {
  readonly origin: string;
  /** The keys of all contacts: each stays in its place when it was applied. */
  readonly order: readonly string[];
  readonly sources: readonly PlanSource[];
  /** What was left out before there were drafts, as by an Undo. */
  readonly skipped: readonly Skipped[];
  readonly takenOut: ReadonlySet<string>;
  readonly applied: ReadonlyMap<string, Applied>;
}

export class ReviewModel {
  readonly #parts: Parts;
  /** With those that are taken out. */
  readonly #whole: Plan;
  /** What Apply carries out. */
  readonly plan: Plan;
  readonly rows: readonly ReviewRowModel[];
  /** What is not in a row, and why. */
  readonly skipped: readonly Skipped[];

  private constructor(parts: Parts, whole?: Plan) {
    this.#parts = parts;
    const { origin, sources, takenOut, applied } = parts;
    this.#whole = whole ?? makePlan(origin, sources);
    const isOut = (ref: ContactRef) => takenOut.has(keyOf(ref));
    this.plan = makePlan(
      origin,
      sources.map((source) => (isOut(source.ref) ? { ...source, isTakenOut: true } : source)),
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
    // Why a contact was not saved is in its row.
    this.skipped = [...parts.skipped, ...this.#whole.skipped].filter(({ ref }) => !applied.has(keyOf(ref)));
  }

  static of(origin: string, sources: readonly PlanSource[], skipped: readonly Skipped[] = []): ReviewModel {
    const order = sources.map(({ ref }) => keyOf(ref));
    return new ReviewModel({ origin, order, sources, skipped, takenOut: new Set(), applied: new Map() });
  }

  /** @param rows by their places */
  take(rows: readonly number[], isIncluded: boolean): ReviewModel {
    const takenOut = new Set(this.#parts.takenOut);
    for (const n of rows) {
      const row = this.rows[n];
      if (row === undefined || !row.isPlanned) continue;
      if (isIncluded) takenOut.delete(keyOf(row.item.ref));
      else takenOut.add(keyOf(row.item.ref));
    }
    return new ReviewModel({ ...this.#parts, takenOut }, this.#whole);
  }

  /** While Apply is under way. @param outcomes by the items of `plan` */
  during(plan: Plan, outcomes: readonly ItemOutcome[]): readonly (ItemOutcome | undefined)[] {
    const byKey = new Map(plan.items.map(({ ref }, n) => [keyOf(ref), outcomes[n]]));
    return this.rows.map(({ item, outcome }) => byKey.get(keyOf(item.ref)) ?? outcome);
  }

  /**
   * After an Apply: those that arrived are done, and a next Apply is about the others.
   * @param plan what was carried out
   * @param outcomes by its items
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
      const rest = { ...source, draft, exact: stillExact(source, draft) };
      if (outcome === undefined) return [rest];
      const isGone = outcome.kind === 'refused' && outcome.reason === 'notFound';
      if (isGone) return [{ ...rest, reading: { kind: 'gone' } }];
      return [{ ...rest, ...(resource && { reading: { kind: 'read', resource } }) }];
    });
    return new ReviewModel({ ...this.#parts, sources, applied });
  }

  /**
   * Tells if something else is unsaved than what the review was made from.
   * @param drafts all that the review is about
   */
  isOutdated(drafts: readonly { readonly key: ContactRef; readonly draft: Draft }[]): boolean {
    const edits = (all: readonly { readonly key: ContactRef; readonly draft: Draft | undefined }[]) =>
      new Map(all.flatMap(({ key, draft }) => (draft && !isEmpty(draft) ? [[keyOf(key), draft.edits]] : [])));
    const here = this.#parts.sources.map(({ ref, draft }) => ({ key: ref, draft }));
    return !isDeepStrictEqual(edits(here), edits(drafts));
  }
}

/** Without the values of edits that have ended. */
function stillExact({ exact = {} }: PlanSource, draft: Draft | undefined): Exacts<FieldName> {
  return Object.fromEntries(
    fieldNames.flatMap((field) => {
      const value = exact[field];
      return value !== undefined && value.text === draft?.edits[field] ? [[field, value]] : [];
    }),
  );
}

/** How many contacts came to which end. */
export function countOutcomes(
  outcomes: readonly (ItemOutcome | undefined)[],
): Readonly<Partial<Record<OutcomeKind, number>>> {
  const counts: Partial<Record<OutcomeKind, number>> = {};
  for (const outcome of outcomes) if (outcome) counts[outcome.kind] = (counts[outcome.kind] ?? 0) + 1;
  return counts;
}
