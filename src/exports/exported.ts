import type { Resource } from '../api/http/document';

/** A contact to export, with its organisation. */
export interface Exported {
  readonly resource: Resource;
  readonly organisationId: string;
  readonly organisation: string;
  /** The `type` of the organisation, for a row of a list, which does not contain its organisation. */
  readonly organisationType?: string | undefined;
}

/**
 * `csv` and `semicolonCsv` are for spreadsheets: safe to open with a double click, and marked as UTF-8.
 * `rawCsv` holds every value unchanged.
 */
export const exportFormats = ['vcard4', 'vcard3', 'csv', 'semicolonCsv', 'rawCsv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];
