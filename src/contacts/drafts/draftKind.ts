/** What is special about one kind of draft `D`, which has keys `K`. */
export interface DraftKind<K, D> {
  /** What the log calls them: one word, a plural. */
  readonly name: string;
  keyText(key: K): string;
  /** @returns undefined for what cannot be read; it is then set aside, never dropped */
  parse(text: string): { readonly key: K; readonly draft: D } | undefined;
  /** @returns undefined where nothing is typed that the disk should hold */
  format(key: K, draft: D): string | undefined;
  /** What other windows need to know of a draft that ends: a few words without personal data. */
  note(draft: D): string;
  /** The draft that a window finds where another one ended it. */
  ended(note: string): D | undefined;
  /** There is nothing of it to be shown any more. */
  isOver(draft: D): boolean;
  /** The same but for what belongs to one window. */
  same(one: D | undefined, other: D | undefined): boolean;
  /**
   * Another window stored `theirs` while this one has `mine`, both having started from `common`. Text that is
   * newer than `common` stays, whatever the other side did; what both typed is kept beside it.
   */
  join(common: D | undefined, mine: D, theirs: D | undefined): D;
}
