/** Stops reading a list that has no end or exceeds the memory. */
import { ApiError } from '../../api/http/errors';

const mostRows = 1_000_000;
const mostPages = 20_000;
/** The maximum number of consecutive pages with unreadable rows only. */
const mostBlank = 50;
/**
 * The maximum number of consecutive pages without new rows: a server that ignores `offset` would send them
 * for ever.
 */
const mostKnown = 3;

export class ListBounds {
  #pages = 0;
  #blank = 0;
  #known = 0;

  /**
   * @param rows the number of rows including the next page
   * @throws ApiError `endless`
   */
  check(rows: number): void {
    if (rows > mostRows || ++this.#pages > mostPages || this.#blank > mostBlank)
      throw new ApiError('endless');
  }

  /** @param brought the content of the page: new contacts, unreadable rows, or known contacts */
  follow(brought: 'new' | 'blank' | 'known'): void {
    this.#blank = brought === 'blank' ? this.#blank + 1 : 0;
    if (brought === 'known') this.#known++;
    else if (brought === 'new') this.#known = 0;
  }

  isStuck(hasTotal: boolean): boolean {
    return this.#known >= (hasTotal ? mostKnown : 1);
  }
}
