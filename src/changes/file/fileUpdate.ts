/** A table from a file, matched to contacts. Uncertain rows are listed and never guessed. */

import type { ContactRef } from '../../api/contacts';
import { codePages } from '../../base/codePages';
import type { ByField } from '../../contacts/model/byField';
import type { FieldName } from '../../protocol/fields';

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', ...codePages] as const;
export type Encoding = (typeof encodings)[number];
export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** The encoding and delimiter of a file. */
export interface FileForm {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  /** The parts that the user should confirm, because the file fits more than one form equally well. */
  readonly doubtful: readonly ('encoding' | 'delimiter')[];
}

/** The purpose of a column; `ignored` columns are not read. */
export type ColumnUse = 'id' | 'organisationId' | FieldName | 'ignored';

export interface Column {
  /** The header in the file; '' if there is none. */
  readonly header: string;
  readonly use: ColumnUse;
  /** For an ignored column: a use that several headers fit equally well, so that the user decides. */
  readonly couldBe?: ColumnUse | undefined;
}

/** A number that a spreadsheet changed, and that can be repaired. */
export interface Damage {
  /** One-based, as in spreadsheets; the header is row 1. */
  readonly row: number;
  /** The name of the contact. */
  readonly title: string;
  readonly field: FieldName;
  readonly found: string;
  /** The original number. */
  readonly repaired: string;
}

/**
 * - `unknownId`, `unknownEmail`: no contact has it; `ambiguous`: several have this email address
 * - `doubled`: another row is for the same contact
 * - `withoutId`, `withoutEmail`: nothing in the cell that tells whose row it is
 * - `unreadable`: more or fewer cells than the header has; `otherOrganisation`: it names one that was not chosen
 */
export type RowProblem =
  | 'unknownId'
  | 'unknownEmail'
  | 'ambiguous'
  | 'doubled'
  | 'withoutId'
  | 'withoutEmail'
  | 'unreadable'
  | 'otherOrganisation';

/**
 * - `typed`: the user has an unsaved edit of the field with another value
 * - `damaged`: a number that could be repaired, and the user did not agree; `lost`: a number that cannot be repaired
 * - `same`: a damaged number that is otherwise the contact's own, so that there is nothing to change
 * - `letters`: likewise, a value in which other characters stand for letters
 * - `error`: what a spreadsheet shows where a formula failed
 */
export type LeftReason = RowProblem | 'typed' | 'damaged' | 'lost' | 'error' | 'same' | 'letters';

/** A row, or one cell of it, that changes nothing. */
export interface LeftRow {
  readonly row: number;
  readonly reason: LeftReason;
  /** The contact, if the row has exactly one. */
  readonly ref?: ContactRef | undefined;
  /** The name of the contact, or else the beginning of the row. */
  readonly text: string;
  /** The field of a cell, and its value. */
  readonly field?: FieldName | undefined;
  readonly value?: string | undefined;
}

export interface MatchedRow {
  readonly row: number;
  readonly ref: ContactRef;
  /** The values that the row sets. Damaged numbers are left out unless they were repaired. */
  readonly values: ByField<string>;
}

export interface FileUpdate {
  readonly matched: readonly MatchedRow[];
  /** In the order of the file. */
  readonly left: readonly LeftRow[];
  /** The damaged numbers that the user can agree to repair. */
  readonly damages: readonly Damage[];
  /** The number of rows whose contact has all of their values. */
  readonly unchanged: number;
}
