/** Gives up a list that has no end, as far as anybody's memory is concerned. */
import { ApiError } from '../../api/http/errors';

const mostRows = 1_000_000;
const mostPages = 20_000;
/** Pages in a row that brought nothing but rows that cannot be read. */
const mostBlank = 50;
/** Pages in a row without a row, such as those that the account may not see: within the API's count, and beyond it. */
const mostEmpty = { counted: 50, uncounted: 8, beyond: 2 } as const;
/** Pages in a row that brought nothing new: a server that ignores `offset` would send them for ever. */
const mostKnown = 3;

export class ListBounds {
  #pages = 0;
  #blank = 0;
  #known = 0;
  #empty = 0;

  /**
   * @param rows so many are here with another page
   * @throws ApiError `endless`
   */
  check(rows: number): void {
    if (rows > mostRows || ++this.#pages > mostPages || this.#blank > mostBlank)
      throw new ApiError('endless');
  }

  /** @param brought contacts that are new, rows that cannot be read, contacts that were here, or no row at all */
  follow(brought: 'new' | 'blank' | 'known' | 'nothing'): void {
    this.#empty = brought === 'nothing' ? this.#empty + 1 : 0;
    this.#blank = brought === 'blank' ? this.#blank + 1 : 0;
    if (brought === 'known') this.#known++;
    else if (brought === 'new') this.#known = 0;
  }

  /**
   * @param total the rows that the API counts
   * @param rows those that are here
   * @param next where the next page would begin
   */
  isStuck(total: number | undefined, rows: number, next: number): boolean {
    return (
      this.#known >= (total === undefined ? 1 : mostKnown) || this.#empty >= emptyPages(total, rows, next)
    );
  }
}

/** A total may be a claim, and one that is reached may be capped. */
function emptyPages(total: number | undefined, rows: number, next: number): number {
  if (total === undefined || total > mostRows) return mostEmpty.uncounted;
  if (next < total) return mostEmpty.counted;
  return rows < total ? mostEmpty.uncounted : mostEmpty.beyond;
}
