/**
 * A document that shows contacts as text: its contacts, its text, and the last known value of each field in it. Drafts
 * come from the difference between two texts, never from one whole text, because a panel, another window or another
 * user may have changed the same contact since.
 */
import type { ContactRef } from '../../api/contacts';
import type { ByField } from '../../contacts/model/byField';
import { fieldNames, keyOf, type Values } from '../../contacts/model/contact';
import type { Edits } from '../../contacts/model/update';
import type { FieldName } from '../../protocol/fields';
import { withoutJoined } from '../text/joinedBlocks';
import { contactParser } from '../text/parse';
import type { FieldLine, ParsedText } from '../text/parsedText';
import { patchText } from '../text/patch';
import { type SeenValues, type TypedEdit, typedEdits } from '../text/typedEdits';

export interface TextEdit extends TypedEdit {
  /** The value in Ctrl Hub when the edit started. */
  readonly base: string;
  /** The previous value on screen. */
  readonly before: string | undefined;
}

/** The current state of a contact: the values in Ctrl Hub, and the unsaved edits. */
export interface Known {
  readonly values: Values;
  readonly edits: Edits;
}

export type KnownOf = (ref: ContactRef) => Known | undefined;

/** A line whose value has changed elsewhere: in a panel, in another window, or in Ctrl Hub. */
interface Outdated extends TypedEdit {
  /** The value in Ctrl Hub. */
  readonly base: string;
  /** The value in the text. */
  readonly before: string | undefined;
}

export interface OutdatedLine extends Outdated {
  readonly line: FieldLine;
}

export interface TextContact {
  readonly ref: ContactRef;
  /** The display name of the contact, which comes from the server. */
  readonly title: string;
}

/** The complete state, as it is stored for a reload. */
export interface KeptText {
  readonly origin: string;
  readonly contacts: readonly TextContact[];
  readonly text: string;
  readonly seen: SeenValues;
  /** The values in Ctrl Hub beneath the values in the text. */
  readonly bases: SeenValues;
  /** The values before changes, oldest first, by `keyOf`: another window may restore a text that still has them. */
  readonly past?: ReadonlyMap<string, readonly PastValue[]> | undefined;
}

export interface PastValue {
  readonly field: FieldName;
  readonly value: string;
  readonly base: string;
  /** The window that typed the change, or showed what came after the value. */
  readonly window?: string | undefined;
}

/** A text, with what its lines stood for. */
type Version = Pick<KeptText, 'text' | 'seen' | 'bases'>;

/** The number of texts that VS Code may have yet to load. More change while it shows none of them. */
const maxVersions = 20;
/** The number of earlier values of a contact that are kept. */
const maxPast = 40;

export class ContactText {
  readonly origin: string;
  readonly contacts: readonly TextContact[];
  readonly #parse: (text: string) => ParsedText;
  #text: string;
  #parsed: ParsedText | undefined;
  #seen: SeenValues;
  /** The text that is on screen, and later ones: VS Code reloads a changed file with a delay. */
  #versions: readonly [Version, ...Version[]];
  readonly #bases: Map<string, ByField<string>>;
  readonly #past: Map<string, readonly PastValue[]>;
  /**
   * The values of `past` that this window may never have shown, until it is known what is on screen: VS Code keeps
   * unsaved text, while another window may change the file.
   */
  #unshown: ReadonlyMap<string, readonly PastValue[]>;
  readonly #window: string | undefined;
  /**
   * True if lines on screen may be out of date: VS Code does not load a change once somebody types, and a line that is
   * typed, or in error, is left as it is until it is put back.
   */
  #isBehind = false;
  /** The contacts with values in `past` whose successors VS Code has yet to load. */
  readonly #followed = new Set<string>();

  /** @param window the same after a reload of the window */
  constructor({ origin, contacts, text, seen, bases, past }: KeptText, window?: string) {
    this.#window = window;
    this.origin = origin;
    this.contacts = contacts;
    this.#text = text;
    this.#seen = seen;
    this.#bases = new Map(bases);
    this.#past = new Map(past);
    this.#unshown = new Map(
      [...this.#past].map(([key, values]) => [key, values.filter((one) => one.window !== window)]),
    );
    this.#versions = [this.#version()];
    const refs = contacts.map(({ ref }) => ref);
    const parse = contactParser(refs);
    this.#parse = (typed) => withoutJoined(parse(typed), refs, this.#seen);
  }

  get text(): string {
    return this.#text;
  }

  /** The last value of each line, also of lines that were removed. */
  get seen(): SeenValues {
    return this.#seen;
  }

  /** The parse result of the last saved text. */
  get parsed(): ParsedText {
    this.#parsed ??= this.#parse(this.#text);
    return this.#parsed;
  }

  /** True if the text has no errors and contains all of its contacts. */
  get isWhole(): boolean {
    return this.parsed.errors.length === 0 && this.parsed.missing.length === 0;
  }

  /** Returns true if the next keystroke may show a line that is out of date. Asks once for each change. */
  takeBehind(): boolean {
    const isBehind = this.#isBehind;
    this.#isBehind = false;
    return isBehind;
  }

  /** Parses text that is not saved. */
  read(text: string): ParsedText {
    return text === this.#text ? this.parsed : this.#parse(text);
  }

  /**
   * Accepts a text that VS Code saved.
   * @param screen the text on screen, if known: it is newer than what VS Code took to save
   * @returns the edits in it
   */
  accept(text: string, screen = text): readonly TextEdit[] {
    const parsed = this.#parse(text);
    this.#text = text;
    this.#parsed = parsed;
    const before = this.#seen;
    const all = typedEdits(before, parsed);
    const since = screen === text ? undefined : linesOf(this.#parse(screen));
    // A line that is on screen as it is known was renewed, or typed back, since VS Code took the text.
    const isOutdated = ({ ref, field }: TypedEdit) =>
      since?.get(lineKey(field, ref))?.value === before.get(keyOf(ref))?.[field];
    const outdated = since ? all.edits.filter(isOutdated) : [];
    const edits = all.edits.filter((edit) => !outdated.includes(edit));
    const known = outdated.map((edit) => ({
      ...edit,
      value: before.get(keyOf(edit.ref))?.[edit.field] ?? '',
    }));
    const seen = withValues(all.seen, known);
    if (known.length > 0) {
      // The next reader of the file would show the outdated values, and a save would take them for typed.
      this.#text = patchText(text, parsed, known);
      this.#parsed = undefined;
    }
    for (const { ref, field, value } of edits) this.#keepPast(ref, field, value, this.#window);
    this.#seen = seen;
    const typed = edits.flatMap(({ ref, field, value }): TextEdit[] => {
      const [shown] = this.#versions;
      const last = before.get(keyOf(ref))?.[field];
      const onScreen = shown.seen.get(keyOf(ref))?.[field] ?? last;
      // VS Code may not have reloaded this line yet. The value is then outdated, not typed.
      if (onScreen === value) return [];
      const earlier = (this.#unshown.get(keyOf(ref)) ?? []).filter((one) => one.field === field);
      if (earlier.some((one) => one.value === value)) return [];
      // It was typed over one of several values, and the oldest one is safe.
      if (earlier[0]) return [{ ref, field, value, base: earlier[0].base, before: undefined }];
      const bases = onScreen === last ? this.#bases : shown.bases;
      return [{ ref, field, value, base: bases.get(keyOf(ref))?.[field] ?? '', before: onScreen }];
    });
    this.#versions = [this.#version()];
    this.#unshown = new Map();
    return typed;
  }

  /**
   * Records that VS Code now shows this text.
   * @returns `changed` if that is to be stored for a reload; `unknown` if the text never was the last one, because
   * somebody undid what the extension changed
   */
  confirm(text: string): 'known' | 'changed' | 'unknown' {
    const [shown, ...later] = this.#versions.slice(this.#versions.findLastIndex((one) => one.text === text));
    if (shown?.text !== text) return 'unknown';
    this.#versions = [shown, ...later];
    this.#unshown = new Map();
    if (later.length > 0 || this.#followed.size === 0) return 'known';
    for (const key of this.#followed) {
      const values = this.#past.get(key) ?? [];
      this.#past.set(
        key,
        values.map((one) => ({ ...one, window: one.window ?? this.#window })),
      );
    }
    this.#followed.clear();
    return 'changed';
  }

  /**
   * Updates the text with the current state of these contacts.
   * @returns true if the text changed
   */
  update(refs: readonly ContactRef[], knownOf: KnownOf): boolean {
    const changes = this.#outdated(this.#seen, refs, knownOf, () => linesOf(this.parsed));
    this.#take(changes);
    if (changes.length === 0) return false;
    for (const { ref } of changes) this.#followed.add(keyOf(ref));
    this.#isBehind = true;
    const [shown, ...later] = this.#versions;
    this.#versions = [shown, ...later.slice(1 - maxVersions), this.#version()];
    return true;
  }

  /**
   * Finds the lines of a text with unsaved changes that are out of date, and that the user has not changed.
   * @param typed the parse result of that text
   */
  outdatedIn(typed: ParsedText, refs: readonly ContactRef[], knownOf: KnownOf): readonly OutdatedLine[] {
    const there = linesOf(typed);
    const lines = () => new Map([...linesOf(this.parsed)].filter(([key]) => there.has(key)));
    return this.#outdated(this.#versions[0].seen, refs, knownOf, lines).flatMap((change) => {
      const line = there.get(lineKey(change.field, change.ref));
      if (line !== undefined && line.value === change.before) return [{ ...change, line }];
      this.#isBehind = true;
      return [];
    });
  }

  /** Records that these lines of the text with unsaved changes are up to date now. */
  renewed(lines: readonly OutdatedLine[]): void {
    const still = lines.filter(({ ref, field, before, value }) => {
      const [shown, now] = [this.#versions[0].seen, this.#seen].map((seen) => seen.get(keyOf(ref))?.[field]);
      return shown === before || now === value;
    });
    this.#take(still, this.#window);
    const [shown, ...later] = this.#versions;
    const bases = still.map(({ base, ...line }) => ({ ...line, value: base }));
    // The text before is an old one, if an Undo brings it back.
    const text = still.length > 0 ? this.#text : shown.text;
    const renewed = { text, seen: withValues(shown.seen, still), bases: withValues(shown.bases, bases) };
    this.#versions = [renewed, ...later];
  }

  toKeep(): KeptText {
    return {
      origin: this.origin,
      contacts: this.contacts,
      text: this.#text,
      seen: this.#seen,
      bases: this.#bases,
      past: this.#past,
    };
  }

  #version(): Version {
    return { text: this.#text, seen: this.#seen, bases: new Map(this.#bases) };
  }

  /** @param shown the values with which those of the contacts are compared */
  #outdated(
    shown: SeenValues,
    refs: readonly ContactRef[],
    knownOf: KnownOf,
    linesNow: () => ReadonlyMap<string, FieldLine>,
  ): readonly Outdated[] {
    const changes: Outdated[] = [];
    let lines: ReadonlyMap<string, FieldLine> | undefined;
    for (const ref of refs) {
      const known = knownOf(ref);
      const key = keyOf(ref);
      const seen = shown.get(key);
      if (known === undefined || seen === undefined) continue;
      for (const field of fieldNames) {
        const [before, base] = [seen[field], known.values[field]];
        const value = known.edits[field] ?? base;
        if (before === value) this.#base(ref, field, base);
        else {
          lines ??= linesNow();
          if (lines.has(lineKey(field, ref))) changes.push({ ref, field, value, base, before });
          else this.#isBehind = true;
        }
      }
    }
    return changes;
  }

  /** @param window this window, if the changes are on screen */
  #take(changes: readonly Outdated[], window?: string): void {
    if (changes.length === 0) return;
    this.#text = patchText(this.#text, this.parsed, changes);
    this.#parsed = undefined;
    for (const { ref, field, value } of changes) this.#keepPast(ref, field, value, window);
    this.#seen = withValues(this.#seen, changes);
    for (const { ref, field, base } of changes) this.#base(ref, field, base);
  }

  #keepPast(ref: ContactRef, field: FieldName, now: string, window: string | undefined): void {
    const key = keyOf(ref);
    const [value, base = ''] = [this.#seen, this.#bases].map((values) => values.get(key)?.[field]);
    if (value === undefined || value === now) return;
    const others = this.#past.get(key)?.filter((one) => one.field !== field || one.value !== value) ?? [];
    this.#past.set(key, [...others, { field, value, base, window }].slice(-maxPast));
  }

  #base(ref: ContactRef, field: FieldName, base: string): void {
    const key = keyOf(ref);
    const bases = this.#bases.get(key);
    if (bases?.[field] !== base) this.#bases.set(key, { ...bases, [field]: base });
  }
}

const lineKey = (field: FieldName, ref: ContactRef) => `${field} ${keyOf(ref)}`;

/** Returns the lines whose block has no errors, so that they can be updated. */
const linesOf = ({ blocks }: ParsedText): ReadonlyMap<string, FieldLine> =>
  new Map(
    blocks.flatMap(({ ref, isSound, fields }) =>
      ref && isSound ? Object.values(fields).map((line) => [lineKey(line.field, ref), line] as const) : [],
    ),
  );

function withValues(before: SeenValues, changes: readonly TypedEdit[]): SeenValues {
  const values = new Map(before);
  for (const { ref, field, value } of changes)
    values.set(keyOf(ref), { ...values.get(keyOf(ref)), [field]: value });
  return values;
}
