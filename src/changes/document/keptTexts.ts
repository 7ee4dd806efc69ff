/**
 * Stores the texts of this window on the disk. Two windows may have opened the same text: lines in error are in no
 * draft, so that a window neither replaces nor removes a file with such lines that the other window saved.
 */
import type { Clock } from '../../base/clock';
import { KeyedQueue } from '../../base/concurrency';
import { type Logger, logUnexpected } from '../../base/log';
import { ContactText } from './contactText';
import { formatKept, parseKept } from './keptText';
import { newTextId, type TextFiles } from './textFiles';

export interface KeptFile {
  readonly id: string;
  readonly text: ContactText;
  /** The id of the file. It is not that of the text if the other window's file has to stay. */
  fileId: string;
  /** The content of the file when this window last read or wrote it. */
  kept?: string | undefined;
}

interface Host {
  readonly files: TextFiles;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How long a text without errors is kept when no window has it open, in milliseconds. */
const life = 30 * 24 * 60 * 60 * 1000;
/** How long a file that a window is writing is left alone, in milliseconds. */
const unfinishedLife = 60_000;

/** @returns undefined if the content of a file cannot be read, or if there is none */
export function textOf(json: string | undefined, window?: string): ContactText | undefined {
  const kept = json === undefined ? undefined : parseKept(json);
  return kept && new ContactText(kept, window);
}

const hasErrors = (text: ContactText | undefined) => text !== undefined && text.parsed.errors.length > 0;

export class KeptTexts {
  readonly #host: Host;
  /** A file is compared and written in one turn. */
  readonly #turns = new KeyedQueue();

  constructor(host: Host) {
    this.#host = host;
  }

  /** @throws if the disk refuses */
  keep(open: KeptFile): Promise<void> {
    return this.#turns.take(open.id, async () => {
      if (await this.#isAnothers(open)) {
        // All edits of a text without errors are in drafts.
        if (!hasErrors(open.text)) return;
        open.fileId = newTextId();
      }
      const json = formatKept(open.text.toKeep());
      await this.#host.files.write(open.fileId, json);
      open.kept = json;
    });
  }

  /**
   * Removes the file of a text whose edits are all in drafts.
   * @returns false if the file has to stay
   * @throws if the disk refuses
   */
  async remove(open: KeptFile): Promise<boolean> {
    let isRemoved = false;
    await this.#turns.take(open.id, async () => {
      isRemoved = !(await this.#isAnothers(open));
      if (!isRemoved) return;
      await this.#host.files.remove(open.fileId, (json) => {
        isRemoved = json === open.kept || !hasErrors(textOf(json));
        return isRemoved;
      });
    });
    return isRemoved;
  }

  /** Removes old files. Those with lines in error stay. */
  async prune(isOpen: (fileId: string) => boolean): Promise<void> {
    const { clock, files, log } = this.#host;
    try {
      for (const { id, modified } of await files.list()) {
        if (isOpen(id) || clock.now() - modified < life) continue;
        const text = textOf(await files.read(id));
        if (text && !hasErrors(text)) await files.remove(id, (json) => !hasErrors(textOf(json)));
      }
      await files.clear((modified) => clock.now() - modified >= unfinishedLife);
    } catch (error) {
      logUnexpected(log, 'clear old texts of contacts', error);
    }
  }

  /** Resolves when all requested operations are done. */
  async over(): Promise<void> {
    await this.#turns.over();
    await this.#host.files.over();
  }

  /** Returns true if the file holds lines in error that another window has saved. */
  async #isAnothers({ fileId, kept }: KeptFile): Promise<boolean> {
    const json = await this.#host.files.read(fileId);
    return json !== kept && hasErrors(textOf(json));
  }
}
