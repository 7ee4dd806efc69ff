/** Stops reading a list that has no end or exceeds the memory. */
import { ApiError } from '../../../api/http/errors';

const maxRows = 1_000_000;
const maxPages = 20_000;
/** The maximum number of consecutive pages with unreadable rows only. */
const maxBlank = 50;
/**
 * The maximum number of consecutive empty pages, whose rows the account may not see: within the API's total,
 * and beyond it.
 */
const maxEmpty = { counted: 50, uncounted: 8, beyond: 2 } as const;
/**
 * The maximum number of consecutive pages without new rows: a server that ignores `offset` would send them
 * for ever.
 */
const maxKnown = 3;

/** The content of a page: all rows, new contacts, and known contacts. */
interface Brought {
  readonly rows: number;
  readonly added: number;
  readonly known: number;
  /** The number of rows that the page should share with the previous ones. */
  readonly common: number;
}

export class ListBounds {
  #pages = 0;
  #blank = 0;
  #known = 0;
  #empty = 0;

  /**
   * @param rows the number of rows including the next page
   * @throws ApiError `endless`
   */
  check(rows: number): void {
    if (rows > maxRows || ++this.#pages > maxPages || this.#blank > maxBlank) throw new ApiError('endless');
  }

  follow({ rows, added, known, common }: Brought): void {
    // All rows after the shared ones are missing or unreadable.
    const isShared = added === 0 && known <= common;
    const isEmpty = isShared && rows === known;
    const isBlank = isShared && rows > known;
    this.#empty = isEmpty ? this.#empty + 1 : 0;
    this.#blank = isBlank ? this.#blank + 1 : 0;
    if (added > 0) this.#known = 0;
    else if (!isShared) this.#known++;
  }

  /**
   * @param total the API's total
   * @param rows the number of loaded rows
   * @param next the offset of the next page
   */
  isStuck(total: number | undefined, rows: number, next: number): boolean {
    return (
      this.#known >= (total === undefined ? 1 : maxKnown) || this.#empty >= emptyPages(total, rows, next)
    );
  }
}

/** A total may be wrong, and one that has been reached may be capped. */
function emptyPages(total: number | undefined, rows: number, next: number): number {
  if (total === undefined || total > maxRows) return maxEmpty.uncounted;
  if (next < total) return maxEmpty.counted;
  return rows < total ? maxEmpty.uncounted : maxEmpty.beyond;
}
