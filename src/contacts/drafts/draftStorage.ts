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
   * Takes a right that only one window can have, until somebody releases it. Unlike a lock it has no age: it
   * outlives a window that stands still, and one that is closed.
   * @param right tells the rights to one text apart
   * @param owner a mark of letters, digits and hyphens that nobody else has
   * @returns false where it is taken
   */
  claim(name: string, right: string, owner: string): Promise<boolean>;
  /** @returns whether the owner still has the right: who stands still may lose it */
  holds(name: string, right: string, owner: string): Promise<boolean>;
  release(name: string, right: string): Promise<void>;
  /** Releases all rights to a text that is gone; where there is one again, nothing. */
  releaseAll(name: string): Promise<void>;
  /** Moves an unreadable text to a name where the user can find it, next to earlier ones. */
  setAside(name: string): Promise<void>;
  /** Removes the leftovers of windows that were killed during a write, and old endings. */
  clear(): Promise<void>;
  /** Fires when another window writes or ends a text. */
  readonly onDidChange: Event<string>;
}
