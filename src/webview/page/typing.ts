/**
 * Typed text that the host has not confirmed: fields, answers to conflicts, and notes. It stays on screen
 * over every state until the host names its keystroke. Pure functions.
 */
import type { ConflictChoice, FieldName } from '../../protocol/fields';
import type { ChooseIntent, EditIntent, TypedIntent } from '../../protocol/intents';
import type { Keystroke } from '../../protocol/keystroke';
import type { InteractionField, InteractionIntent } from '../../protocol/related';

export interface Typing extends Keystroke {
  /** The latest keystroke of each field, the oldest first. */
  readonly typed: readonly TypedIntent[];
  /** The latest keystroke of this page that the host has confirmed. */
  readonly heard: number;
}

type Unnumbered<T> = Omit<T, keyof Keystroke>;
export type Typed = Unnumbered<EditIntent> | Unnumbered<ChooseIntent> | Unnumbered<InteractionIntent>;

export function startTyping(): Typing {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const page = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { page, revision: 0, typed: [], heard: 0 };
}

export function typeInto(typing: Typing, typed: Typed): Typing {
  const next: TypedIntent = { ...typed, page: typing.page, revision: typing.revision + 1 };
  const place = placeOf(next);
  const others = typing.typed.filter((one) => placeOf(one) !== place);
  return { ...typing, revision: next.revision, typed: [...others, next] };
}

/** Drops confirmed text, which the host's state now contains. */
export function withoutHeard(typing: Typing, heard: Keystroke | undefined): Typing {
  if (heard?.page !== typing.page) return typing;
  const typed = typing.typed.filter(({ revision }) => revision > heard.revision);
  return { ...typing, revision: Math.max(typing.revision, heard.revision), typed, heard: heard.revision };
}

/** Returns true for a state that was made before one that has arrived. */
export const isOutdated = ({ page, heard: last }: Typing, heard: Keystroke | undefined) =>
  heard?.page === page && heard.revision < last;

export function typedValue({ typed }: Typing, field: FieldName): string | undefined {
  return typed.filter((one) => one.type === 'edit').find((one) => one.field === field)?.value;
}

export function typedChoice({ typed }: Typing, field: FieldName): ConflictChoice | undefined {
  return typed.filter((one) => one.type === 'choose').find(({ choice }) => choice.field === field)?.choice;
}

export function typedNote(
  { typed }: Typing,
  interactionId: string,
  field: InteractionField,
): string | undefined {
  const notes = typed.filter((one) => one.type === 'interaction');
  return notes.find((one) => one.interactionId === interactionId && one.field === field)?.value;
}

/** Drops the text of a discarded interaction, or of the contact's form if `interactionId` is undefined. */
export function withoutTyped(typing: Typing, interactionId?: string): Typing {
  const isKept = (one: TypedIntent) =>
    one.type === 'interaction' ? one.interactionId !== interactionId : interactionId !== undefined;
  return { ...typing, typed: typing.typed.filter(isKept) };
}

function placeOf(one: TypedIntent): string {
  if (one.type === 'interaction') return JSON.stringify([one.interactionId, one.field]);
  return `${one.type} ${one.type === 'edit' ? one.field : one.choice.field}`;
}
