import type { Event } from '../../base/event';

/** Where texts are kept by name. Names are made from keys by the storage itself. */
export interface DraftStorage {
  /** The names of all that is stored; endings may be among them. */
  list(): Promise<readonly string[]>;
  nameOf(key: string): string;
  /**
   * Also the ending of one that ended not long ago.
   * @returns empty text for what is no text, undefined where there is nothing
   */
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  /** Leaves nothing of it but the ending, for some time. */
  end(name: string, ending: string): Promise<void>;
  /**
   * Runs `work` while no other window does so for the same name. A window that stood still meanwhile, and lost its
   * turn to another one, changes nothing any more: its work is then done anew.
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
  /** Keeps what cannot be read where a person can find it, beside whatever was set aside before. */
  setAside(name: string): Promise<void>;
  /** Clears what windows left behind that were killed while they wrote, and endings that are old. */
  clear(): Promise<void>;
  /** Another window wrote or ended something. */
  readonly onDidChange: Event<string>;
}
