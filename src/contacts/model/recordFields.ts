/** The editable fields of a record. Values are edited and compared as the text that the user sees. */
import type { Resource } from '../../api/http/document';
import { toJsonText } from '../../base/exactNumbers';
import type { TextKind } from './sameValue';

export interface RecordFields<F extends string> {
  readonly names: readonly F[];
  kindOf(field: F): TextKind;
  textOf(resource: Resource, field: F): string;
  toJson(field: F, text: string): unknown;
}

export type Texts<F extends string> = Readonly<Partial<Record<F, string>>>;
export type AllTexts<F extends string> = Readonly<Record<F, string>>;

/**
 * Returns the text of a value for editing and comparing. Null and a missing value are empty; any value that is no text is
 * represented by its JSON text, so that nobody replaces it unseen.
 */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : toJsonText(value);
}

export function textsOf<F extends string>(
  { names, textOf }: RecordFields<F>,
  resource: Resource,
): AllTexts<F> {
  const entries = names.map((name) => [name, textOf(resource, name)] as const);
  return Object.fromEntries(entries) as Record<F, string>;
}

/** A field that both sides changed to different values since the draft began. */
export interface Conflict<F extends string> {
  readonly field: F;
  readonly before: string;
  readonly mine: string;
  readonly theirs: string;
}
