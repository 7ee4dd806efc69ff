/**
 * Parses a document of contacts; see `write.ts` for the grammar. Damage never becomes a change: a field belongs to the
 * id directly above it or to none, and an unknown line ends its block.
 */
import type { ContactRef } from '../../api/contacts';
import { isFieldName } from '../../contacts/model/contact';
import type { FieldName } from '../../protocol/fields';
import { unescapeValue } from './escape';
import type { Block, FieldLine, LineRange, ParsedText, TextError, TextErrorCode } from './parsedText';
import { shortIds } from './shortIds';
import { signature, signatureStart } from './write';

const blockLine = /^(\s*)\[([^[\]\s]*)\]\s*(?:#(.*))?$/s;
const fieldLine = /^(\s*)([A-Za-z][\w.-]*):/;
const mergeMarker = /^(?:<{7}|\|{7}|={7}|>{7})(?:\s|$)/;
/** A commented-out id. The lines after it do not belong to the block above. */
const commentedBlock = /^\s*#\s*\[[^[\]\s]+\]/;
const damagedCharacter = /(?!\t)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFD]/u;

interface OpenBlock {
  ref: ContactRef | undefined;
  idRange: LineRange;
  comment: string;
  lastLine: number;
  fields: { -readonly [name in keyof Block['fields']]: FieldLine };
  isSound: boolean;
}

/** @param contacts the document's scope at the time when the text was written */
export const parseContacts = (text: string, contacts: readonly ContactRef[]): ParsedText =>
  contactParser(contacts)(text);

/** Prepares `parseContacts` for one scope, for a document that is parsed at each keystroke. */
export function contactParser(contacts: readonly ContactRef[]): (text: string) => ParsedText {
  const ids = shortIds(contacts);
  const byId = new Map(contacts.map((ref, n) => [ids[n] ?? '', ref]));
  return (text) => new Reading(contacts, byId).read(text);
}

class Reading {
  readonly #contacts: readonly ContactRef[];
  readonly #byId: ReadonlyMap<string, ContactRef>;
  readonly #blocks: OpenBlock[] = [];
  readonly #errors: TextError[] = [];
  /** `lost` after an unknown line: the fields below it belong to no contact, and the error is already reported. */
  #at: OpenBlock | 'outside' | 'lost' = 'outside';

  constructor(contacts: readonly ContactRef[], byId: ReadonlyMap<string, ContactRef>) {
    this.#contacts = contacts;
    this.#byId = byId;
  }

  read(text: string): ParsedText {
    const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
    for (const [line, content] of lines.entries()) this.#line(content, line);
    this.#tellDoubled();
    // Every value may be damaged, and not only where it can be seen.
    if (this.#errors.some(({ code }) => code === 'encoding'))
      for (const block of this.#blocks) block.isSound = false;
    const there = new Set(this.#blocks.map(({ ref }) => ref));
    return {
      blocks: this.#blocks,
      errors: this.#errors.sort((a, b) => a.range.line - b.range.line || a.range.start - b.range.start),
      missing: this.#contacts.filter((ref) => !there.has(ref)),
    };
  }

  #line(content: string, line: number): void {
    const whole = { line, start: content.length - content.trimStart().length, end: content.trimEnd().length };
    if (content.trim() === '') this.#at = 'outside';
    else if (content.startsWith('#', whole.start)) this.#comment(content, whole);
    else if (content[whole.start] === '[') this.#begin(content, whole);
    else if (mergeMarker.test(content)) this.#lose('mergeMarker', whole);
    else this.#field(content, whole);
    if (typeof this.#at === 'object') this.#at.lastLine = line;
  }

  #comment(content: string, whole: LineRange): void {
    const text = content.trim();
    if (text.startsWith(signatureStart) && text !== signature) this.#tell('encoding', whole);
    if (commentedBlock.test(content)) this.#at = 'outside';
  }

  #begin(content: string, whole: LineRange): void {
    const [, before = '', id = '', comment = ''] = blockLine.exec(content) ?? [];
    if (id === '') {
      this.#lose('damagedBlockLine', whole);
      return;
    }
    const idRange = { line: whole.line, start: before.length, end: before.length + id.length + 2 };
    const ref = this.#byId.get(id);
    if (ref === undefined) this.#tell('unknownId', idRange);
    const isSound = ref !== undefined;
    this.#at = { ref, idRange, comment: comment.trim(), lastLine: whole.line, fields: {}, isSound };
    this.#blocks.push(this.#at);
  }

  #field(content: string, whole: LineRange): void {
    const [begin, indent = '', name = ''] = fieldLine.exec(content) ?? [];
    const nameRange = { line: whole.line, start: indent.length, end: (begin?.length ?? 1) - 1 };
    if (begin === undefined) this.#lose('unknownLine', whole);
    else if (!isFieldName(name)) this.#lose('unknownField', nameRange);
    else if (this.#at === 'outside') this.#lose('fieldOutsideBlock', nameRange);
    else if (this.#at !== 'lost') this.#value(this.#at, name, content, nameRange);
  }

  #value(block: OpenBlock, field: FieldName, content: string, nameRange: LineRange): void {
    const { line } = nameRange;
    const written = content.slice(nameRange.end + 1);
    const text = written.trim();
    const before = text === '' ? Math.min(1, written.length) : written.length - written.trimStart().length;
    const start = nameRange.end + 1 + before;
    const range = { line, start, end: start + text.length };
    const { value, damaged } = unescapeValue(text);
    const lost = damagedCharacter.exec(text);
    const part = (at: number, length: number) => ({ line, start: start + at, end: start + at + length });
    const isDoubled = block.fields[field] !== undefined;
    if (isDoubled) this.#tell('doubledField', nameRange);
    if (damaged) this.#tell('damagedEscape', part(damaged.at, damaged.length));
    if (lost) this.#tell('damagedCharacter', part(lost.index, 1));
    if (isDoubled || damaged || lost) block.isSound = false;
    else block.fields[field] = { field, value, nameRange, range };
  }

  #tell(code: TextErrorCode, range: LineRange): void {
    this.#errors.push({ code, range });
  }

  /** Ends the block, because the line is unknown and the lines around it cannot be assigned safely. */
  #lose(code: TextErrorCode, range: LineRange): void {
    this.#tell(code, range);
    if (typeof this.#at === 'object') this.#at.isSound = false;
    this.#at = 'lost';
  }

  /** Reports all blocks with the same id, because none can be preferred. */
  #tellDoubled(): void {
    const counts = new Map<ContactRef, number>();
    for (const { ref } of this.#blocks) if (ref) counts.set(ref, (counts.get(ref) ?? 0) + 1);
    for (const block of this.#blocks) {
      if (block.ref === undefined || counts.get(block.ref) === 1) continue;
      block.isSound = false;
      this.#tell('doubledId', block.idRange);
    }
  }
}
