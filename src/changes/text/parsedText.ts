/** A document of contacts as it was read: blocks with their fields, and everything that could not be understood. */
import type { ContactRef } from '../../api/contacts';
import type { FieldName } from '../../protocol/fields';

/** A part of one line: zero-based, in UTF-16 units, `end` excluded, as VS Code counts. */
export interface LineRange {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/**
 * - `damagedBlockLine`: a line that begins with a bracket and is not an id in brackets, with a comment or nothing after it
 * - `unknownId`: not one of the ids of this document, cut or changed; `doubledId`: the id stands in front of two blocks
 * - `unknownLine`, `unknownField`: neither a comment nor one of the four fields
 * - `fieldOutsideBlock`: a field with no contact directly above it; `doubledField`: the same field twice in a block
 * - `mergeMarker`: a conflict of a version control system
 * - `damagedEscape`: `\u{` that no hexadecimal number and `}` follow
 * - `damagedCharacter`: a control character, half a character, or the sign for a character that was lost
 * - `encoding`: the line that tells the format is not what it was: the text was read in another encoding, or is of another version
 */
export type TextErrorCode =
  | 'damagedBlockLine'
  | 'unknownId'
  | 'doubledId'
  | 'unknownLine'
  | 'unknownField'
  | 'fieldOutsideBlock'
  | 'doubledField'
  | 'mergeMarker'
  | 'damagedEscape'
  | 'damagedCharacter'
  | 'encoding';

export interface TextError {
  readonly code: TextErrorCode;
  readonly range: LineRange;
}

export interface FieldLine {
  readonly field: FieldName;
  /** Without white space at its ends, and with its escapes resolved; empty text empties the field. */
  readonly value: string;
  readonly nameRange: LineRange;
  /** The value as it is written; where there is none, the place for it. */
  readonly range: LineRange;
}

export interface Block {
  /** Absent where the id is none of this document. */
  readonly ref?: ContactRef | undefined;
  /** The id with its brackets. */
  readonly idRange: LineRange;
  /** The comment behind the id. */
  readonly comment: string;
  /** The last line that belongs to the block. */
  readonly lastLine: number;
  /** A field that is not here is left alone. */
  readonly fields: Readonly<Partial<Record<FieldName, FieldLine>>>;
  /** False where something in the block, or its id, is in error: nothing is taken from it. */
  readonly isSound: boolean;
}

export interface ParsedText {
  /** In the order of the text. */
  readonly blocks: readonly Block[];
  /** In the order of the text. While there are any, nothing is sent. */
  readonly errors: readonly TextError[];
  /** Contacts of the scope without a block: they are left alone. In the order of the scope. */
  readonly missing: readonly ContactRef[];
}
