/** The documents that show contacts as text. They have their own file system, so that saving never asks for a file. */
import * as vscode from 'vscode';
import { type Disposable, DisposableStore, Emitter } from '../../base/event';
import { logUnexpected } from '../../base/log';
import { keyOf } from '../../contacts/model/contact';
import { contactsScheme } from '../../manifest';
import { unsettledText } from '../problems/problemTexts';
import type { ParsedText } from '../text/parsedText';
import { type RemovedLines, removedLines } from '../text/removedLines';
import { writeContacts, writeField } from '../text/write';
import { ContactText, type Known, type OutdatedLine, type TextContact } from './contactText';
import { decoded, uriOf } from './documentFile';
import { documentAt, isShown, urisOf } from './documentTabs';
import { headerOf } from './header';
import { isPastedWhole, showBeginning } from './pastedText';
import { SavedTexts } from './savedTexts';
import { newTextId } from './textFiles';
import { isTextOf, type OpenText, TextStore, type TextsHost } from './textStore';
import { TextsOnDisk } from './textsOnDisk';

export type OpenedContact = TextContact & Known;

export const textSelector = { scheme: contactsScheme, language: contactsScheme } as const;
const idOf = (uri: vscode.Uri) => uri.path.split('/')[1] ?? '';

export class ContactDocuments implements Disposable {
  readonly #host: TextsHost;
  readonly #texts: TextStore;
  readonly onDisk: TextsOnDisk;
  readonly #saved = new SavedTexts();
  readonly #subscriptions = new DisposableStore();
  readonly #restored = new Emitter<vscode.TextDocument>();
  /** Fires when the contacts of a text that VS Code restored are known. */
  readonly onDidRestore = this.#restored.event;
  /** The last parse result of each document, by URI. */
  readonly #parsed = new Map<string, { readonly version: number; readonly parsed: ParsedText }>();

  constructor(host: TextsHost) {
    this.#host = host;
    this.#texts = new TextStore(host, {
      isOpen: isShown,
      isUnsaved: (uri) => this.#isUnsaved(uri),
      replace: (uri, find) => this.#replace(uri, find),
    });
    this.onDisk = new TextsOnDisk(host.files, this.#texts, (uri) => this.#isUnsaved(uri));
    this.#subscriptions.add(
      this.#texts,
      this.#restored,
      vscode.workspace.onDidOpenTextDocument((document) => {
        const open = this.#of(document);
        // Closing a document may have removed its file, so it is stored again.
        if (open) void this.#keep(open);
        else void this.#restore(document);
        this.#seen(document);
      }),
      vscode.workspace.onDidChangeTextDocument((change) => {
        this.#saved.changed(change);
        this.#seen(change.document);
        if (isPastedWhole(change)) showBeginning(change.document);
      }),
      vscode.workspace.onDidSaveTextDocument((document) => this.#seen(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#parsed.delete(uri.toString());
        this.#saved.forget(uri);
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const uri of closed.flatMap(urisOf)) if (!isShown(uri)) this.#closed(uri);
      }),
    );
    for (const document of vscode.workspace.textDocuments) void this.#restore(document);
  }

  /**
   * Shows these contacts as one text, and reuses an open text with the same contacts if it is whole.
   * @param contacts at most `maxContacts`, without duplicates; they become the document's scope
   */
  async open(origin: string, contacts: readonly OpenedContact[], name: string): Promise<void> {
    const same = this.#texts
      .all()
      .find(
        ({ text, uri }) =>
          isShown(uri) && !this.#isUnsaved(uri) && text.isWhole && isTextOf(text, origin, contacts),
      );
    const top = new vscode.Range(0, 0, 0, 0);
    if (same) await this.#show(same.uri, top);
    else await this.#show((await this.#create(origin, contacts, name)).uri);
  }

  /**
   * Saves open texts, so that all edits are in the drafts, and looks for errors.
   * @returns false if an open text has an error: the text is shown, and nothing may be sent
   */
  async settle(): Promise<boolean> {
    await Promise.all(vscode.workspace.textDocuments.map((document) => this.#restore(document)));
    const shown = this.#texts.all().filter(({ uri }) => isShown(uri));
    for (const open of shown) if (this.#isUnsaved(open.uri)) await this.#saveNow(open);
    for (const { uri, text } of shown) {
      const error = text.parsed.errors[0]?.range;
      const isSaved = !this.#isUnsaved(uri) || documentAt(uri)?.getText() === text.text;
      if (error === undefined && isSaved) continue;
      await this.#show(uri, error && new vscode.Range(error.line, error.start, error.line, error.end));
      void vscode.window.showWarningMessage(unsettledText(error));
      return false;
    }
    return true;
  }

  /** Returns the lines that were removed from the open texts of an API. */
  removedLines(origin: string): RemovedLines {
    const shown = this.#texts.all().filter(({ uri, text }) => text.origin === origin && isShown(uri));
    return removedLines(shown.map(({ text }) => text));
  }

  /**
   * Saves a document, also if VS Code takes it for saved and would write nothing: see `SavedTexts`. It stays unsaved in
   * the editor, which would refuse to save over a newer file.
   */
  async #saveNow(open: OpenText): Promise<void> {
    const { uri } = open;
    const document = documentAt(uri);
    await document?.save();
    if (document === undefined || document.isDirty || !this.#isUnsaved(uri)) return;
    await this.#write(open, document.getText()).catch((error: unknown) =>
      logUnexpected(this.#host.log, 'save a text', error),
    );
  }

  /** Parses the current text of an open document. Returns undefined for any other document. */
  parse(document: vscode.TextDocument): ParsedText | undefined {
    const open = this.#of(document);
    if (open === undefined) return undefined;
    const address = document.uri.toString();
    const known = this.#parsed.get(address);
    if (known?.version === document.version) return known.parsed;
    const parsed = open.text.read(document.getText());
    this.#parsed.set(address, { version: document.version, parsed });
    return parsed;
  }

  /** Returns the contacts of a document and their API. */
  contactsOf(document: vscode.TextDocument): ContactText | undefined {
    return this.#of(document)?.text;
  }

  /**
   * A document with unsaved changes gets the oldest time, because VS Code refuses to save over a newer file. The store
   * joins what changed elsewhere itself, and never by taking the whole text.
   */
  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { text, created, modified } = await this.#at(uri);
    const size = Buffer.byteLength(text.text);
    const mtime = this.#isUnsaved(uri) ? created : modified;
    return { type: vscode.FileType.File, ctime: created, mtime, size };
  }

  /** Shows the data of an account only while that account is signed in. */
  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const open = await this.#at(uri);
    if (this.#texts.dataOf(open) === undefined)
      throw vscode.FileSystemError.Unavailable(
        vscode.l10n.t('Sign in to the environment of these contacts to see them.'),
      );
    return Buffer.from(open.text.text);
  }

  /** Writes the changes into drafts. Sends nothing, and keeps the text as the user typed it. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const open = await this.#at(uri);
    const text = decoded(content);
    this.#saved.saved(uri, text);
    await this.#write(open, text);
  }

  async #write(open: OpenText, text: string): Promise<void> {
    const isKept = await this.#texts.save(open, text, documentAt(open.uri)?.getText());
    // The drafts hold the parsed edits and retry the disk. Lines in error exist in this text only.
    if (!isKept && open.text.parsed.errors.length > 0)
      throw vscode.FileSystemError.Unavailable(
        vscode.l10n.t('The disk does not take this text, and some of its lines cannot be read.'),
      );
  }

  flush(): Promise<void> {
    return this.#texts.flush();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #create(origin: string, contacts: readonly OpenedContact[], name: string): Promise<OpenText> {
    const values = new Map(contacts.map((one) => [keyOf(one.ref), { ...one.values, ...one.edits }]));
    const bases = new Map(contacts.map((one) => [keyOf(one.ref), one.values]));
    const text = writeContacts(
      headerOf(origin, name, contacts.length),
      contacts.map(({ ref, title, values, edits }) => ({ ref, title, values: { ...values, ...edits } })),
    );
    const id = newTextId();
    const open = this.#texts.add(
      id,
      uriOf(id, name),
      new ContactText(
        {
          origin,
          contacts: contacts.map(({ ref, title }) => ({ ref, title })),
          text,
          seen: values,
          bases,
        },
        this.#host.window,
      ),
    );
    await this.#keep(open);
    return open;
  }

  async #keep(open: OpenText): Promise<void> {
    try {
      await this.#texts.keep(open);
    } catch (error) {
      logUnexpected(this.#host.log, 'keep a text of contacts', error);
    }
  }

  #of({ uri }: vscode.TextDocument): OpenText | undefined {
    return uri.scheme === contactsScheme ? this.#texts.get(idOf(uri)) : undefined;
  }

  async #at(uri: vscode.Uri): Promise<OpenText> {
    const isKnown = this.#texts.get(idOf(uri)) !== undefined;
    const open = await this.#texts.find(idOf(uri), uri);
    if (open === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    // After a restart of the extension host, VS Code tells of no document that was open before.
    const document = isKnown ? undefined : documentAt(uri);
    if (document) this.#seen(document);
    return open;
  }

  /** Finds a text that VS Code restored: with unsaved changes, it reads no file until the text is saved. */
  async #restore(document: vscode.TextDocument): Promise<void> {
    const { uri } = document;
    if (uri.scheme !== contactsScheme || this.#texts.get(idOf(uri))) return;
    try {
      if ((await this.#texts.find(idOf(uri), uri)) === undefined) return;
      this.#seen(document);
      this.#restored.fire(document);
    } catch (error) {
      logUnexpected(this.#host.log, 'find a text of contacts', error);
    }
  }

  /** Opens by a command, because a document opened by an API call stays open for minutes after its tab is closed. */
  async #show(uri: vscode.Uri, selection?: vscode.Range): Promise<void> {
    const options = { preview: false, ...(selection && { selection }) };
    await vscode.commands.executeCommand('vscode.open', uri, options);
  }

  /** True if the document is open and has unsaved changes. */
  #isUnsaved(uri: vscode.Uri): boolean {
    const document = documentAt(uri);
    return document !== undefined && this.#saved.isUnsaved(document);
  }

  /** Confirms the text on screen and schedules updates, unless the document has unsaved changes. */
  #seen(document: vscode.TextDocument): void {
    const open = this.#of(document);
    if (open === undefined) return;
    if (this.#saved.isUnsaved(document)) {
      if (open.text.takeBehind()) this.#texts.updateSoon('all');
      return;
    }
    this.#texts.shown(open, document.getText());
  }

  async #replace(uri: vscode.Uri, find: (typed: ParsedText) => readonly OutdatedLine[]) {
    const document = documentAt(uri);
    const parsed = document && this.parse(document);
    const lines = parsed ? find(parsed) : [];
    if (document === undefined || lines.length === 0) return lines;
    const edit = new vscode.WorkspaceEdit();
    for (const { field, value, line } of lines) {
      const { start } = line.nameRange;
      const range = new vscode.Range(line.range.line, start, line.range.line, line.range.end);
      edit.replace(uri, range, writeField(field, value));
    }
    // Fails if the document has another version by then.
    return (await vscode.workspace.applyEdit(edit)) ? lines : undefined;
  }

  #closed(uri: vscode.Uri): void {
    const open = uri.scheme === contactsScheme ? this.#texts.get(idOf(uri)) : undefined;
    if (open === undefined) return;
    if (open.text.parsed.errors.length === 0) {
      void this.#texts.unkeep(open);
      return;
    }
    const again = vscode.l10n.t('Open Again');
    const message = vscode.l10n.t(
      'This text was closed with lines that could not be read. They are kept, and changed nothing.',
    );
    void vscode.window.showWarningMessage(message, again).then((chosen) => {
      if (chosen === again) void this.#show(open.uri);
    });
  }
}
