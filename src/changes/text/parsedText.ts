/** A parsed document of contacts: blocks with their fields, and the errors. */
import type { ContactRef } from '../../api/contacts';
import type { FieldName } from '../../protocol/fields';

/** A range within one line: zero-based, in UTF-16 code units, `end` exclusive, as in VS Code. */
export interface LineRange {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/**
 * - `damagedBlockLine`: a line that begins with a bracket and is not an id in brackets, optionally followed by a
 * comment
 * - `unknownId`: not one of the ids of this document, cut or changed; `doubledId`: two blocks have the same id
 * - `unknownLine`, `unknownField`: neither a comment nor one of the four fields
 * - `fieldOutsideBlock`: a field without a contact directly above it; `doubledField`: the same field twice in a block
 * - `mergeMarker`: a conflict marker of a version control system
 * - `damagedEscape`: `\u{` without a hexadecimal number and `}`
 * - `damagedCharacter`: a control character, a lone surrogate, or the replacement character
 * - `joinedBlocks`: the values of another contact, which nobody typed here; see `joinedBlocks.ts`
 * - `encoding`: the signature line has changed: the text was decoded with another encoding, or has another version
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
  | 'joinedBlocks'
  | 'encoding';

export interface TextError {
  readonly code: TextErrorCode;
  readonly range: LineRange;
}

export interface FieldLine {
  readonly field: FieldName;
  /** The value without white space at its ends, and with its escapes resolved; an empty text clears the field. */
  readonly value: string;
  readonly nameRange: LineRange;
  /** The range of the written value; if there is none, the place for it. */
  readonly range: LineRange;
}

export interface Block {
  /** Absent if the id is not in this document's scope. */
  readonly ref?: ContactRef | undefined;
  /** The id with its brackets. */
  readonly idRange: LineRange;
  /** The comment after the id. */
  readonly comment: string;
  /** The last line of the block. */
  readonly lastLine: number;
  /** The fields in the block. Other fields stay as they are. */
  readonly fields: Readonly<Partial<Record<FieldName, FieldLine>>>;
  /** False if the block or its id has an error. The block is then ignored. */
  readonly isSound: boolean;
}

export interface ParsedText {
  /** In the order of the text. */
  readonly blocks: readonly Block[];
  /** In the order of the text. Nothing is sent while there are errors. */
  readonly errors: readonly TextError[];
  /** Contacts of the scope without a block, in the order of the scope. They stay as they are. */
  readonly missing: readonly ContactRef[];
}
