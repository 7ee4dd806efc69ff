/**
 * What was chosen of the fields that both sides changed, until the next save goes on with it.
 * A choice holds against the value that it was made against: a colleague's newer one is to be looked at first.
 */
import type { ContactRef } from '../api/contacts';
import { type FieldName, keyOf } from './contact';
import type { FieldConflict } from './merge';

export type Choice =
  | { readonly field: FieldName; readonly choice: 'mine' | 'theirs' }
  | { readonly field: FieldName; readonly choice: 'other'; readonly value: string };

export class Choices {
  readonly #choices = new Map<string, Map<FieldName, { readonly choice: Choice; readonly theirs: string }>>();

  /** What is to be shown as chosen. A value that was typed is not lost, whatever the colleague wrote since. */
  get(ref: ContactRef, conflict: FieldConflict): Choice | undefined {
    const choice = this.#choices.get(keyOf(ref))?.get(conflict.field)?.choice;
    return choice?.choice === 'other' ? choice : this.#holding(ref, conflict);
  }

  #holding(ref: ContactRef, { field, theirs }: FieldConflict): Choice | undefined {
    const made = this.#choices.get(keyOf(ref))?.get(field);
    return made?.theirs === theirs ? made.choice : undefined;
  }

  set(ref: ContactRef, choice: Choice, { theirs }: FieldConflict): void {
    const before = this.#choices.get(keyOf(ref));
    this.#choices.set(keyOf(ref), new Map(before).set(choice.field, { choice, theirs }));
  }

  /** @returns a choice that holds for each conflict, or nothing while one is missing */
  of(ref: ContactRef, conflicts: readonly FieldConflict[]): readonly Choice[] | undefined {
    const choices = conflicts.flatMap((conflict) => this.#holding(ref, conflict) ?? []);
    return choices.length > 0 && choices.length === conflicts.length ? choices : undefined;
  }

  delete(ref: ContactRef): void {
    this.#choices.delete(keyOf(ref));
  }
}
