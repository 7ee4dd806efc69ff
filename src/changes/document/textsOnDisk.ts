/** The files of texts that outlive their documents: those with lines in error, and those of an account that is left. */
import * as vscode from 'vscode';
import { uriOf } from './documentFile';
import { isShown, tabsOf } from './documentTabs';
import type { TextFiles } from './textFiles';
import type { TextStore } from './textStore';

export class TextsOnDisk {
  readonly #files: TextFiles;
  readonly #texts: TextStore;
  readonly #isUnsaved: (uri: vscode.Uri) => boolean;

  constructor(files: TextFiles, texts: TextStore, isUnsaved: (uri: vscode.Uri) => boolean) {
    this.#files = files;
    this.#texts = texts;
    this.#isUnsaved = isUnsaved;
  }

  /** Returns the texts of this API with lines in error that were closed or are open in another window. */
  async damaged(origin: string): Promise<readonly vscode.Uri[]> {
    const found: vscode.Uri[] = [];
    for (const { id } of await this.#files.list()) {
      const open = this.#texts.withFile(id);
      if ([open, this.#texts.get(id)].some((one) => one && isShown(one.uri))) continue;
      const text = open?.text ?? (await this.#texts.stored(id));
      if (text?.origin === origin && text.parsed.errors.length > 0)
        found.push(open?.uri ?? uriOf(id, vscode.l10n.t('Contacts')));
    }
    return found;
  }

  /** Removes the files of all texts that are not open in this window, for all APIs. */
  async forgetClosed(): Promise<void> {
    for (const id of await this.#closedIds()) await this.#texts.remove(id);
    await this.#files.clear();
  }

  /** Returns true if a text that is not open in this window has lines in error, which are in no draft. */
  async hasDamaged(): Promise<boolean> {
    for (const id of await this.#closedIds())
      if ((await this.#texts.stored(id))?.parsed.errors.length !== 0) return true;
    return false;
  }

  async #closedIds(): Promise<readonly string[]> {
    return (await this.#files.list()).flatMap(({ id }) => {
      const open = this.#texts.get(id);
      return open === undefined || !isShown(open.uri) ? [id] : [];
    });
  }

  /**
   * Closes the texts of an API after sign-out, and removes their files. A text with unsaved changes stays open.
   * @param isDeleting true to remove texts with lines in error, too, which are in no draft
   */
  async leave(origin: string, isDeleting: boolean): Promise<void> {
    // Another window may have removed the file of an open text.
    const own = this.#texts.all().map(({ fileId }) => fileId);
    for (const id of new Set([...own, ...(await this.#files.list()).map((one) => one.id)])) {
      const open = this.#texts.withFile(id);
      const stored = await this.#texts.stored(id);
      const texts = [stored, open?.text].filter((text) => text?.origin === origin);
      if (texts.length === 0 || (open && this.#isUnsaved(open.uri))) continue;
      const isRemoved = isDeleting || texts.every((text) => text?.parsed.errors.length === 0);
      if (isRemoved) await this.#texts.remove(open?.id ?? id);
      if (open) await vscode.window.tabGroups.close(tabsOf(open.uri));
    }
  }
}
