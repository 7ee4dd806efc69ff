/** Where a journal is kept: files that are written whole or not at all, and a lock that all windows share. */
export interface JournalStorage {
  names(): Promise<readonly string[]>;
  /** @returns undefined where there is no such file */
  read(name: string): Promise<string | undefined>;
  /** On the disk once it resolves. */
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** @returns undefined where another window has it */
  lock(): Promise<JournalLock | undefined>;
}

/** One Apply at a time on this computer. A window that stands still or is killed loses it after some seconds. */
export interface JournalLock {
  isHeld(): Promise<boolean>;
  free(): Promise<void>;
}
