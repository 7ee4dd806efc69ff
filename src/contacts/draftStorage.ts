import type { Event } from '../base/event';

/** Where texts are kept by name. Names are made from keys by the storage itself. */
export interface DraftStorage {
  list(): Promise<readonly { readonly name: string; readonly text: string }[]>;
  nameOf(key: string): string;
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Runs `work` while no other window does so for the same name. */
  exclusively(name: string, work: () => Promise<void>): Promise<void>;
  /**
   * Takes a right that only one window can have, until somebody releases it. Unlike a lock it has no age: it
   * outlives a window that stands still, and one that is closed.
   * @param right tells the rights to one text apart
   * @returns false where it is taken
   */
  claim(name: string, right: string): Promise<boolean>;
  release(name: string, right: string): Promise<void>;
  /** Keeps what cannot be read where a person can find it. */
  setAside(name: string): Promise<void>;
  /** Another window wrote or removed something. */
  readonly onDidChange: Event<string>;
}
