/** What is special about one kind of draft `D`, which has keys `K`; `L` is what another window can lose. */
export interface DraftKind<K, D, L> {
  /** What the log calls them: one word, a plural. */
  readonly name: string;
  keyText(key: K): string;
  /** @returns undefined for what cannot be read; it is then set aside, never dropped */
  parse(text: string): { readonly key: K; readonly draft: D } | undefined;
  /** @returns undefined where nothing is typed that the disk should hold */
  format(key: K, draft: D): string | undefined;
  /** There is nothing of it to be shown any more. */
  isOver(draft: D): boolean;
  /** The same but for what belongs to one window. */
  same(one: D | undefined, other: D | undefined): boolean;
  /**
   * Another window stored `theirs` while this one has `mine`, both having started from `common`. `lost` are
   * values of the other one, by field, that ours replace.
   */
  join(common: D | undefined, mine: D, theirs: D | undefined): { readonly draft: D; readonly lost: L };
}
