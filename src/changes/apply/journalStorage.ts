/** The storage of a journal: files that are written atomically, and a lock that all windows share. */
export interface JournalStorage {
  names(): Promise<readonly string[]>;
  /** @returns undefined if the file does not exist */
  read(name: string): Promise<string | undefined>;
  /** Returns the time of the last write in milliseconds since 1970. */
  modified(name: string): Promise<number>;
  /** Resolves once the file is on the disk. */
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** @returns undefined if another window holds the lock */
  lock(): Promise<JournalLock | undefined>;
}

/** Allows one Apply at a time on this computer. A window that hangs or is killed loses the lock after some seconds. */
export interface JournalLock {
  isHeld(): Promise<boolean>;
  free(): Promise<void>;
}
