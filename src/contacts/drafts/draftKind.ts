/** The functions that depend on the kind of draft `D`, with keys `K`. */
export interface DraftKind<K, D> {
  /** The name in the log: one word in the plural. */
  readonly name: string;
  keyText(key: K): string;
  /** @returns undefined for an unreadable text, which is then set aside, never deleted */
  parse(text: string): { readonly key: K; readonly draft: D } | undefined;
  /** @returns undefined if the draft holds no text to store */
  format(key: K, draft: D): string | undefined;
  /** Returns a few words for other windows about a draft that ends, without personal data. */
  note(draft: D): string;
  /** Returns the draft of a window whose draft another window ended. */
  ended(note: string): D | undefined;
  /** True if nothing of the draft is left to show. */
  isOver(draft: D): boolean;
  /** Compares two drafts except for the parts that belong to one window. */
  same(one: D | undefined, other: D | undefined): boolean;
  /**
   * Joins the drafts of two windows: another window stored `theirs` while this one has `mine`, and both began
   * with `common`. Text that is newer than `common` stays, whatever the other window did; if both typed, both
   * texts are kept.
   */
  join(common: D | undefined, mine: D, theirs: D | undefined): D;
}
