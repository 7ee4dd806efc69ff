import type { Resource } from '../api/http/document';

/** A contact that is exported, and the organisation that it belongs to. */
export interface Exported {
  readonly resource: Resource;
  readonly organisationId: string;
  readonly organisation: string;
  /** What the API calls it: for a row of a list, which tells nothing of its organisation itself. */
  readonly organisationType?: string | undefined;
}

/**
 * `csv` and `semicolonCsv` are for spreadsheets: safe to open by a double click, and marked as UTF-8. `rawCsv`
 * holds every value as it is.
 */
export const exportFormats = ['vcard4', 'vcard3', 'csv', 'semicolonCsv', 'rawCsv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];
