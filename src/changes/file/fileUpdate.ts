/** A table from a file, matched to contacts. Uncertain rows are listed and never guessed. */
import type { ContactRef } from '../../api/contacts';
import type { FieldName } from '../../protocol/fields';

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
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
}

/** `exponent`: 4.47E+11; `plus`: a country code without its +; `zero`: a national number without its 0. */
type DamageKind = 'exponent' | 'plus' | 'zero';

/** A number that a spreadsheet changed. */
export interface Damage {
  /** One-based, as in spreadsheets; the header is row 1. */
  readonly row: number;
  readonly field: FieldName;
  readonly kind: DamageKind;
  readonly found: string;
  /** The original number; absent if its digits are lost. */
  readonly repaired?: string | undefined;
}

/**
 * - `noMatch`: no contact has this id or email address; `ambiguous`: several have it
 * - `doubled`: another row is for the same contact; `noKey`: neither an id nor an email address
 * - `unreadable`: more or fewer cells than the header has
 */
export type RowProblem = 'noMatch' | 'ambiguous' | 'doubled' | 'noKey' | 'unreadable';

export interface MatchedRow {
  readonly row: number;
  readonly ref: ContactRef;
  /** The values that the row sets. Damaged numbers are left out unless they were repaired. */
  readonly values: Readonly<Partial<Record<FieldName, string>>>;
}

export interface FileUpdate {
  readonly columns: readonly Column[];
  readonly matched: readonly MatchedRow[];
  readonly problems: readonly { readonly row: number; readonly problem: RowProblem }[];
  readonly damages: readonly Damage[];
}
