/** Finds out which documents have unsaved changes. */
import type * as vscode from 'vscode';

type Document = Pick<vscode.TextDocument, 'uri' | 'isDirty' | 'getText'>;

/**
 * VS Code tells extensions that a document is saved, also if the user has typed since VS Code took the text to save:
 * `isDirty` is then false until the next keystroke. This class compares the document with the saved text.
 */
export class SavedTexts {
  /** The last text that VS Code saved, by URI; undefined after VS Code has loaded the document since. */
  readonly #saved = new Map<string, string>();

  saved(uri: vscode.Uri, text: string): void {
    this.#saved.set(uri.toString(), text);
  }

  /** Handles a change of a document's text, or of its state. */
  changed(change: { readonly document: Document; readonly contentChanges: readonly unknown[] }): void {
    const { document, contentChanges } = change;
    if (contentChanges.length > 0 && !document.isDirty) this.forget(document.uri);
  }

  forget(uri: vscode.Uri): void {
    this.#saved.delete(uri.toString());
  }

  isUnsaved(document: Document): boolean {
    if (document.isDirty) return true;
    const saved = this.#saved.get(document.uri.toString());
    return saved !== undefined && saved !== document.getText();
  }
}
