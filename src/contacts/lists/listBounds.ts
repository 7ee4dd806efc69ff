/** Gives up a list that has no end, as far as anybody's memory is concerned. */
import { ApiError } from '../../api/http/errors';

const mostRows = 1_000_000;
const mostPages = 20_000;
/** Pages in a row that brought nothing but rows that cannot be read. */
const mostBlank = 50;
/** Pages in a row that brought nothing new: a server that ignores `offset` would send them for ever. */
const mostKnown = 3;

export class ListBounds {
  #pages = 0;
  #blank = 0;
  #known = 0;

  /**
   * @param rows so many are here with another page
   * @throws ApiError `endless`
   */
  check(rows: number): void {
    if (rows > mostRows || ++this.#pages > mostPages || this.#blank > mostBlank)
      throw new ApiError('endless');
  }

  /** @param brought contacts that are new, or rows that cannot be read, or contacts that were here */
  follow(brought: 'new' | 'blank' | 'known'): void {
    this.#blank = brought === 'blank' ? this.#blank + 1 : 0;
    if (brought === 'known') this.#known++;
    else if (brought === 'new') this.#known = 0;
  }

  isStuck(hasTotal: boolean): boolean {
    return this.#known >= (hasTotal ? mostKnown : 1);
  }
}
