/** The documents that hold contacts as text: a file system of its own, as saving must not ask for a file. */
import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/event';
import { logUnexpected } from '../../base/log';
import { keyOf } from '../../contacts/model/contact';
import { contactsScheme } from '../../manifest';
import type { ParsedText } from '../text/parsedText';
import { writeContacts } from '../text/write';
import { ContactText, type Known, type TextContact } from './contactText';
import { headerOf } from './header';
import { newTextId } from './textFiles';
import { type OpenText, refsOf, TextStore, type TextsHost } from './textStore';

export type OpenedContact = TextContact & Known;

export const textSelector = { scheme: contactsScheme, language: contactsScheme } as const;
const idOf = (uri: vscode.Uri) => uri.path.split('/')[1] ?? '';

export class ContactDocuments implements Disposable {
  readonly #host: TextsHost;
  readonly #texts: TextStore;
  readonly #subscriptions = new DisposableStore();
  /** The last reading of each document, by its address. */
  readonly #parsed = new Map<string, { readonly version: number; readonly parsed: ParsedText }>();

  constructor(host: TextsHost) {
    this.#host = host;
    this.#texts = new TextStore(host, {
      isOpen: isShown,
      isDirty: (uri) => documentAt(uri)?.isDirty === true,
    });
    this.#subscriptions.add(
      this.#texts,
      vscode.workspace.onDidOpenTextDocument((document) => {
        const open = this.#of(document);
        // One that was closed before is on no disk.
        if (open) void this.#keep(open);
        this.#seen(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#seen(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#seen(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#parsed.delete(uri.toString())),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const uri of closed.flatMap(urisOf)) if (!isShown(uri)) this.#closed(uri);
      }),
    );
  }

  /**
   * Shows these contacts as one text: the one that is open, if it is whole.
   * @param contacts at most `maxContacts`, each once: from now on they are the document's
   */
  async open(origin: string, contacts: readonly OpenedContact[], name: string): Promise<void> {
    const same = this.#texts
      .all()
      .find(
        ({ text, uri }) =>
          isShown(uri) && !documentAt(uri)?.isDirty && text.isWhole && isOf(text, origin, contacts),
      );
    const top = new vscode.Range(0, 0, 0, 0);
    if (same) await this.#show(same.uri, top);
    else await this.#show((await this.#create(origin, contacts, name)).uri);
  }

  /** Texts of this API that were closed with lines in error, or are open like that in another window. */
  async damaged(origin: string): Promise<readonly vscode.Uri[]> {
    const found: vscode.Uri[] = [];
    for (const { id } of await this.#host.files.list()) {
      const open = this.#texts.get(id);
      if (open && isShown(open.uri)) continue;
      const text = open?.text ?? (await this.#texts.stored(id));
      if (text?.origin === origin && text.parsed.errors.length > 0)
        found.push(open?.uri ?? uriOf(id, vscode.l10n.t('Contacts')));
    }
    return found;
  }

  /**
   * Saves what is typed, so that it is in the drafts, and looks for errors.
   * @returns false where an open text has one: it is shown, and nothing may be sent
   */
  async settle(): Promise<boolean> {
    const shown = this.#texts.all().filter(({ uri }) => isShown(uri));
    for (const { uri } of shown) if (documentAt(uri)?.isDirty) await documentAt(uri)?.save();
    for (const { uri, text } of shown) {
      const isDirty = documentAt(uri)?.isDirty === true;
      const error = text.parsed.errors[0]?.range;
      if (error === undefined && !isDirty) continue;
      await this.#show(uri, error && new vscode.Range(error.line, error.start, error.line, error.end));
      return false;
    }
    return true;
  }

  /** The blocks of an open document as it is now; undefined for any other document. */
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

  /** The contacts of a document, and the API they belong to. */
  contactsOf(document: vscode.TextDocument): ContactText | undefined {
    return this.#of(document)?.text;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { text, created, modified } = await this.#at(uri);
    const size = Buffer.byteLength(text.text);
    return { type: vscode.FileType.File, ctime: created, mtime: modified, size };
  }

  /** The data of an account is shown to that account only. */
  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const open = await this.#at(uri);
    if (this.#texts.dataOf(open) === undefined)
      throw vscode.FileSystemError.Unavailable(
        vscode.l10n.t('Sign in to the environment of these contacts to see them.'),
      );
    return Buffer.from(open.text.text);
  }

  /** Makes drafts of what changed. It sends nothing, and the text stays as it was typed. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const open = await this.#at(uri);
    const isKept = await this.#texts.save(open, new TextDecoder().decode(content));
    // Drafts hold what was understood of it, and the disk is asked again for those.
    if (!isKept && open.text.parsed.errors.length > 0)
      throw vscode.FileSystemError.Unavailable(
        vscode.l10n.t('The disk does not take this text, and some of its lines cannot be read.'),
      );
  }

  /** Removes the texts from the disk that are not open here, of all APIs. */
  async forgetClosed(): Promise<void> {
    for (const { id } of await this.#host.files.list()) {
      const open = this.#texts.get(id);
      if (open === undefined || !isShown(open.uri)) await this.#texts.remove(id);
    }
  }

  /**
   * Closes the texts of an API that somebody signed out of, and removes them from the disk. One that is not saved
   * stays open.
   * @param isDeleting also those with lines in error, which are in no draft
   */
  async leave(origin: string, isDeleting: boolean): Promise<void> {
    for (const { id } of await this.#host.files.list()) {
      const open = this.#texts.get(id);
      const text = open?.text ?? (await this.#texts.stored(id));
      if (text?.origin !== origin || (open && documentAt(open.uri)?.isDirty)) continue;
      const isRemoved = isDeleting || text.parsed.errors.length === 0;
      if (isRemoved) await this.#texts.remove(id);
      if (open) await vscode.window.tabGroups.close(tabsOf(open.uri));
    }
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
      new ContactText({
        origin,
        contacts: contacts.map(({ ref, title }) => ({ ref, title })),
        text,
        seen: values,
        bases,
      }),
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
    const open = await this.#texts.find(idOf(uri), uri);
    if (open === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return open;
  }

  /** By a command: an API call would keep the document open for minutes after its tab was closed. */
  async #show(uri: vscode.Uri, selection?: vscode.Range): Promise<void> {
    const options = { preview: false, ...(selection && { selection }) };
    await vscode.commands.executeCommand('vscode.open', uri, options);
  }

  /** Whatever VS Code has of a document, and whether somebody types into it, is known by now. */
  #seen(document: vscode.TextDocument): void {
    const open = this.#of(document);
    if (open === undefined || document.isDirty) return;
    open.text.confirm(document.getText());
    this.#texts.updateSoon('all');
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

const documentAt = (uri: vscode.Uri) =>
  vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());

export function urisOf({ input }: vscode.Tab): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputText) return [input.uri];
  return input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : [];
}

const tabsOf = (uri: vscode.Uri) =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter((tab) => urisOf(tab).some((one) => one.toString() === uri.toString()));

/** In a tab. VS Code closes the document of one that is behind another, unless it has typed text. */
export const isShown = (uri: vscode.Uri) => tabsOf(uri).length > 0;

function isOf(text: ContactText, origin: string, contacts: readonly OpenedContact[]): boolean {
  const own = refsOf(text).map(keyOf);
  return (
    text.origin === origin &&
    own.length === contacts.length &&
    contacts.every(({ ref }, n) => keyOf(ref) === own[n])
  );
}

/** The name is for the tab; the ending makes it a text of contacts to VS Code. */
const uriOf = (id: string, name: string) =>
  vscode.Uri.from({ scheme: contactsScheme, path: `/${id}/${fileName(name)}.${contactsScheme}` });

const fileName = (name: string) =>
  name
    .replace(/[/\\\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60) || 'contacts';
