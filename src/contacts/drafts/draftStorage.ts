import type { Event } from '../../base/event';

/** Stores texts by name. The storage itself makes the names of keys. */
export interface DraftStorage {
  /** Returns all names, which may include those of endings. */
  list(): Promise<readonly string[]>;
  nameOf(key: string): string;
  /**
   * Reads a text, or the ending of a draft that ended recently.
   * @returns '' for a file that is not text, undefined if there is none
   */
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  /** Replaces the text by an ending, which is kept for some time. */
  end(name: string, ending: string): Promise<void>;
  /**
   * Runs `work` while no other window does so for the same name. A window that was suspended and lost its
   * lock changes nothing; its work runs again.
   */
  exclusively(name: string, work: () => Promise<void>): Promise<void>;
  /**
   * Claims a right for one window until it is released. Unlike a lock, a claim does not expire: it survives a
   * window that is suspended or closed.
   * @param right distinguishes several rights to one text
   * @param owner a unique mark of letters, digits and hyphens
   * @returns false if another window has the right
   */
  claim(name: string, right: string, owner: string): Promise<boolean>;
  /** @returns true if the owner still has the right, which a suspended window may lose */
  holds(name: string, right: string, owner: string): Promise<boolean>;
  release(name: string, right: string): Promise<void>;
  /** Releases all rights to a deleted text. Does nothing if the text exists again. */
  releaseAll(name: string): Promise<void>;
  /** Moves an unreadable text to a name where the user can find it, next to earlier ones. */
  setAside(name: string): Promise<void>;
  /** Removes the leftovers of windows that were killed during a write, and old endings. */
  clear(): Promise<void>;
  /** Fires when another window writes or ends a text. */
  readonly onDidChange: Event<string>;
}
