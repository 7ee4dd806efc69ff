/**
 * One document that holds contacts as text: which contacts, the text, and what it said about each field. Drafts are
 * made from the difference between two texts, never from the whole of one, as a panel, another window or a
 * colleague may have changed the same contact since.
 */
import type { ContactRef } from '../../api/contacts';
import { fieldNames, keyOf, type Values } from '../../contacts/model/contact';
import type { Edits } from '../../contacts/model/update';
import type { FieldName } from '../../protocol/fields';
import { contactParser } from '../text/parse';
import type { ParsedText } from '../text/parsedText';
import { patchText } from '../text/patch';
import { type SeenValues, type TypedEdit, typedEdits } from '../text/typedEdits';

export interface TextEdit extends TypedEdit {
  /** The value of Ctrl Hub that the edit started from. */
  readonly base: string;
  /** The value in the text before. */
  readonly before: string | undefined;
}

/** A contact as it is known now: the values in Ctrl Hub, and the edits over them. */
export interface Known {
  readonly values: Values;
  readonly edits: Edits;
}

export interface TextContact {
  readonly ref: ContactRef;
  /** How a person knows the contact; server text. */
  readonly title: string;
}

/** All of it, as it is kept for a reload. */
export interface KeptText {
  readonly origin: string;
  readonly contacts: readonly TextContact[];
  readonly text: string;
  readonly seen: SeenValues;
  /** Values of Ctrl Hub behind the values that the text shows. */
  readonly bases: SeenValues;
}

type ByField = Readonly<Partial<Record<FieldName, string>>>;

export class ContactText {
  readonly origin: string;
  readonly contacts: readonly TextContact[];
  readonly #parse: (text: string) => ParsedText;
  #text: string;
  #parsed: ParsedText | undefined;
  #seen: SeenValues;
  /** As `seen`, of the text that is certainly on screen: VS Code reads a changed file some time later. */
  #shown: SeenValues;
  readonly #bases: Map<string, ByField>;

  constructor({ origin, contacts, text, seen, bases }: KeptText) {
    this.origin = origin;
    this.contacts = contacts;
    this.#text = text;
    this.#seen = seen;
    this.#shown = seen;
    this.#bases = new Map(bases);
    this.#parse = contactParser(contacts.map(({ ref }) => ref));
  }

  get text(): string {
    return this.#text;
  }

  /** The text as it was saved last, read. */
  get parsed(): ParsedText {
    this.#parsed ??= this.#parse(this.#text);
    return this.#parsed;
  }

  /** Nothing is damaged, and no contact was taken out. */
  get isWhole(): boolean {
    return this.parsed.errors.length === 0 && this.parsed.missing.length === 0;
  }

  /** Reads a text that is not saved. */
  read(text: string): ParsedText {
    return text === this.#text ? this.parsed : this.#parse(text);
  }

  /** Takes a text that a person, or a program of theirs, saved. @returns what it changes */
  accept(text: string): readonly TextEdit[] {
    const parsed = this.#parse(text);
    this.#text = text;
    this.#parsed = parsed;
    const before = this.#seen;
    const { edits, seen } = typedEdits(before, parsed);
    this.#seen = seen;
    const typed = edits.flatMap(({ ref, field, value }): TextEdit[] => {
      // A line that VS Code has not read again yet is old, and not typed.
      if (this.#shown.get(keyOf(ref))?.[field] === value) return [];
      const [base = '', said] = [this.#bases, before].map((values) => values.get(keyOf(ref))?.[field]);
      return [{ ref, field, value, base, before: said }];
    });
    this.#shown = this.#seen;
    return typed;
  }

  /** The text on screen is the one that was given last. */
  confirm(text: string): void {
    if (text === this.#text) this.#shown = this.#seen;
  }

  /**
   * Brings the text up to date with what is known of these contacts.
   * @param isBusy while somebody types into it, the text stays: it is brought up to date afterwards
   * @returns whether the text changed
   */
  update(
    refs: readonly ContactRef[],
    knownOf: (ref: ContactRef) => Known | undefined,
    isBusy: boolean,
  ): boolean {
    const changes: TypedEdit[] = [];
    let editable: ReadonlySet<string> | undefined;
    for (const ref of refs) {
      const known = knownOf(ref);
      const key = keyOf(ref);
      const said = this.#seen.get(key);
      if (known === undefined || said === undefined) continue;
      for (const field of fieldNames) {
        const value = known.edits[field] ?? known.values[field];
        if (said[field] !== value) {
          editable ??= isBusy ? new Set() : this.#editable();
          if (!editable.has(`${field} ${key}`)) continue;
          changes.push({ ref, field, value });
        }
        const bases = this.#bases.get(key);
        if (bases?.[field] !== known.values[field])
          this.#bases.set(key, { ...bases, [field]: known.values[field] });
      }
    }
    if (changes.length === 0) return false;
    this.#text = patchText(this.#text, this.parsed, changes);
    this.#parsed = undefined;
    const seen = new Map(this.#seen);
    for (const { ref, field, value } of changes)
      seen.set(keyOf(ref), { ...seen.get(keyOf(ref)), [field]: value });
    this.#seen = seen;
    return true;
  }

  toKeep(): KeptText {
    return {
      origin: this.origin,
      contacts: this.contacts,
      text: this.#text,
      seen: this.#seen,
      bases: this.#bases,
    };
  }

  /** The lines that can be brought up to date: their blocks are there, and sound. */
  #editable(): ReadonlySet<string> {
    return new Set(
      this.parsed.blocks.flatMap(({ ref, isSound, fields }) =>
        ref && isSound
          ? fieldNames.filter((field) => fields[field]).map((field) => `${field} ${keyOf(ref)}`)
          : [],
      ),
    );
  }
}
