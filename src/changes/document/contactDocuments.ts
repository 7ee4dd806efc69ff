/** The documents that hold contacts as text: a file system of its own, as saving must not ask for a file. */
import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import type { Clock } from '../../base/clock';
import { type Disposable, DisposableStore, followCurrent } from '../../base/event';
import { type Logger, logUnexpected } from '../../base/log';
import type { AccountStores, CurrentAccount } from '../../contacts/accountStores';
import type { DraftStore } from '../../contacts/drafts/draftStore';
import { displayName, keyOf, valuesOf } from '../../contacts/model/contact';
import { typeInto } from '../../contacts/saving/typeInto';
import { contactsScheme } from '../../manifest';
import type { ParsedText } from '../text/parsedText';
import { writeContacts } from '../text/write';
import { ContactText, type Known, type TextContact } from './contactText';
import { headerOf } from './header';
import { formatKept, parseKept } from './keptText';
import { newTextId, type TextFiles } from './textFiles';

export interface DocumentsHost {
  readonly data: CurrentAccount;
  readonly drafts: DraftStore;
  readonly files: TextFiles;
  readonly clock: Clock;
  readonly log: Logger;
  /** Documents are to be read again. */
  changed(uris: readonly vscode.Uri[]): void;
}

export type OpenedContact = TextContact & Known;

interface Entry {
  readonly id: string;
  readonly uri: vscode.Uri;
  readonly text: ContactText;
  readonly keys: ReadonlySet<string>;
  readonly created: number;
  modified: number;
  keeping?: Disposable | undefined;
}

/** Milliseconds: what happens at once is dealt with together, and a text that changes by itself is kept soon. */
const delays = { update: 30, keep: 500 } as const;
/** Milliseconds that a text without errors is kept which no window has open. */
const life = 30 * 24 * 60 * 60 * 1000;
/** So many contacts are read one by one after a reload; for more, their lists are. */
const mostRead = 20;

export const textSelector = { scheme: contactsScheme, language: contactsScheme } as const;
const idOf = (uri: vscode.Uri) => uri.path.split('/')[1] ?? '';
const refsOf = (text: ContactText) => text.contacts.map(({ ref }) => ref);

export class ContactDocuments implements Disposable {
  readonly #host: DocumentsHost;
  readonly #entries = new Map<string, Entry>();
  readonly #subscriptions = new DisposableStore();
  /** Contacts that changed, by `keyOf`; `all` where a list did. */
  #waiting: Set<string> | 'all' = new Set();
  #timer: Disposable | undefined;
  /** What was read of a document last, by its address. */
  readonly #parsed = new Map<string, { readonly version: number; readonly parsed: ParsedText }>();

  constructor(host: DocumentsHost) {
    this.#host = host;
    this.#subscriptions.add(
      host.drafts.onDidChange(({ organisationId, contactId }) =>
        this.#updateSoon(keyOf({ organisationId, contactId })),
      ),
      followCurrent(host.data, (data, changes) => {
        if (data === undefined) return;
        changes.add(
          data.contacts.onDidChange((change) =>
            this.#updateSoon(change.kind === 'contact' ? keyOf(change.ref) : 'all'),
          ),
        );
        this.#updateSoon('all');
        for (const entry of this.#entries.values()) this.#load(entry, data);
      }),
      vscode.workspace.onDidOpenTextDocument((document) => this.#seen(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#seen(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#seen(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#closed(document)),
    );
    void this.#prune();
  }

  /**
   * Shows these contacts as one text: the one that is open, if it is whole.
   * @param contacts at most `maxContacts`, each once: from now on they are the document's
   */
  async open(origin: string, contacts: readonly OpenedContact[], name: string): Promise<void> {
    const same = [...this.#entries.values()].find(({ text }) => text.isWhole && isOf(text, origin, contacts));
    if (same && this.#documentOf(same)?.isDirty === false) await this.#show(same.uri);
    else await this.#show((await this.#create(origin, contacts, name)).uri);
  }

  /** Texts of this API that were closed with lines in error, or are open like that in another window. */
  async damaged(origin: string): Promise<readonly vscode.Uri[]> {
    const found: vscode.Uri[] = [];
    for (const { id } of await this.#host.files.list()) {
      const entry = this.#entries.get(id);
      if (entry && this.#documentOf(entry)) continue;
      const text = entry?.text ?? (await this.#stored(id));
      if (text?.origin === origin && text.parsed.errors.length > 0)
        found.push(entry?.uri ?? uriOf(id, vscode.l10n.t('Contacts')));
    }
    return found;
  }

  /**
   * Saves what is typed, so that it is in the drafts, and looks for errors.
   * @returns false where an open text has one: it is shown, and nothing may be sent
   */
  async settle(): Promise<boolean> {
    const open = vscode.workspace.textDocuments.filter(isContacts);
    for (const document of open) if (document.isDirty) await document.save();
    for (const document of open) {
      const error = this.parse(document)?.errors[0]?.range;
      if (error === undefined && !document.isDirty) continue;
      const editor = await this.#show(document.uri);
      if (error === undefined) return false;
      const range = new vscode.Range(error.line, error.start, error.line, error.end);
      editor.selection = new vscode.Selection(range.start, range.end);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
      return false;
    }
    return true;
  }

  /** The blocks of an open document as it is now; undefined for any other document. */
  parse(document: vscode.TextDocument): ParsedText | undefined {
    const entry = isContacts(document) ? this.#entries.get(idOf(document.uri)) : undefined;
    if (entry === undefined) return undefined;
    const address = document.uri.toString();
    const known = this.#parsed.get(address);
    if (known?.version === document.version) return known.parsed;
    const parsed = entry.text.read(document.getText());
    this.#parsed.set(address, { version: document.version, parsed });
    return parsed;
  }

  /** The contacts of a document, and the API they belong to. */
  contactsOf(document: vscode.TextDocument): ContactText | undefined {
    return isContacts(document) ? this.#entries.get(idOf(document.uri))?.text : undefined;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { text, created, modified } = await this.#entry(uri);
    const size = Buffer.byteLength(text.text);
    return { type: vscode.FileType.File, ctime: created, mtime: modified, size };
  }

  /** What belongs to an account is shown to that account only. */
  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const entry = await this.#entry(uri);
    if (this.#host.data.current?.account.origin !== entry.text.origin)
      throw vscode.FileSystemError.Unavailable(
        vscode.l10n.t('Sign in to the environment of these contacts to see them.'),
      );
    return Buffer.from(entry.text.text);
  }

  /** Makes drafts of what changed. It sends nothing, and the text stays as it was typed. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const entry = await this.#entry(uri);
    const { origin } = entry.text;
    const { drafts, log } = this.#host;
    const data = this.#dataOf(entry);
    for (const { ref, field, value, base, before } of entry.text.accept(new TextDecoder().decode(content))) {
      const key = { origin, ...ref };
      const typed = drafts.get(key)?.edits[field];
      const resource = data?.contacts.summary(ref);
      // It is there already: a colleague was faster with the same value.
      if (typed === undefined && resource && valuesOf(resource)[field] === value) continue;
      const title = resource
        ? displayName(resource)
        : (entry.text.contacts.find((one) => keyOf(one.ref) === keyOf(ref))?.title ?? '');
      typeInto(
        drafts,
        data?.saves,
        key,
        { field, value, base },
        title,
        data?.organisations.name(ref.organisationId) ?? '',
      );
      // Typed in a panel meanwhile, and seen by nobody here.
      if (typed && typed !== before && typed !== value) drafts.keepAside(key, { field, text: typed });
    }
    entry.modified = this.#later(entry);
    try {
      await Promise.all([this.#keep(entry), drafts.flush()]);
    } catch (error) {
      logUnexpected(log, 'keep a text of contacts', error);
      // Drafts hold what was understood of it, and the disk is asked again for those.
      if (entry.text.parsed.errors.length > 0)
        throw vscode.FileSystemError.Unavailable(
          vscode.l10n.t('The disk does not take this text, and some of its lines cannot be read.'),
        );
    }
  }

  /** Writes what is on its way to the disk. */
  async flush(): Promise<void> {
    for (const entry of this.#entries.values())
      if (entry.keeping) await this.#keep(entry).catch(() => undefined);
    await this.#host.files.over();
  }

  dispose(): void {
    this.#timer?.dispose();
    for (const { keeping } of this.#entries.values()) keeping?.dispose();
    this.#subscriptions.dispose();
  }

  async #create(origin: string, contacts: readonly OpenedContact[], name: string): Promise<Entry> {
    const values = new Map(contacts.map((one) => [keyOf(one.ref), { ...one.values, ...one.edits }]));
    const bases = new Map(contacts.map((one) => [keyOf(one.ref), one.values]));
    const text = writeContacts(
      headerOf(origin, name, contacts.length),
      contacts.map(({ ref, title, values, edits }) => ({ ref, title, values: { ...values, ...edits } })),
    );
    const id = newTextId();
    const entry = this.#add(
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
    await this.#keep(entry).catch((error: unknown) =>
      logUnexpected(this.#host.log, 'keep a text of contacts', error),
    );
    return entry;
  }

  async #show(uri: vscode.Uri): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(uri);
    return vscode.window.showTextDocument(document, { preview: false });
  }

  async #entry(uri: vscode.Uri): Promise<Entry> {
    const id = idOf(uri);
    const text = this.#entries.has(id) ? undefined : await this.#stored(id);
    const entry = this.#entries.get(id) ?? (text && this.#add(id, uri, text));
    if (entry === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return entry;
  }

  async #stored(id: string): Promise<ContactText | undefined> {
    const json = await this.#host.files.read(id);
    const kept = json === undefined ? undefined : parseKept(json);
    return kept && new ContactText(kept);
  }

  #add(id: string, uri: vscode.Uri, text: ContactText): Entry {
    const now = this.#host.clock.now();
    const keys = new Set(refsOf(text).map(keyOf));
    const entry: Entry = { id, uri, text, keys, created: now, modified: now };
    this.#entries.set(id, entry);
    const data = this.#dataOf(entry);
    if (data) this.#load(entry, data);
    this.#updateSoon('all');
    return entry;
  }

  #dataOf({ text }: Entry): AccountStores | undefined {
    const { current } = this.#host.data;
    return current?.account.origin === text.origin ? current : undefined;
  }

  #documentOf({ uri }: Entry): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  }

  /** After a reload nothing is known of the contacts; what the text shows is as old as the text. */
  #load({ text }: Entry, data: AccountStores): void {
    if (data.account.origin !== text.origin) return;
    const unknown = refsOf(text).filter((ref) => data.contacts.summary(ref) === undefined);
    const ignore = () => undefined;
    if (unknown.length > mostRead)
      void data.wholeLoads.load([...new Set(unknown.map((one) => one.organisationId))]).catch(ignore);
    else for (const ref of unknown) void data.contacts.load(ref, undefined, true).catch(ignore);
  }

  /** Whatever VS Code has of a document, and whether somebody types into it, is known by now. */
  #seen(document: vscode.TextDocument): void {
    const entry = isContacts(document) ? this.#entries.get(idOf(document.uri)) : undefined;
    if (entry === undefined || document.isDirty) return;
    entry.text.confirm(document.getText());
    this.#updateSoon('all');
  }

  #closed(document: vscode.TextDocument): void {
    const entry = isContacts(document) ? this.#entries.get(idOf(document.uri)) : undefined;
    this.#parsed.delete(document.uri.toString());
    if (entry === undefined) return;
    // It may be open again by now, in another language.
    if (this.#documentOf(entry)?.isClosed === false) return;
    if (entry.text.parsed.errors.length === 0) {
      entry.keeping?.dispose();
      entry.keeping = undefined;
      void this.#host.files.remove(entry.id).catch(() => undefined);
      return;
    }
    const open = vscode.l10n.t('Open Again');
    const message = vscode.l10n.t(
      'This text was closed with lines that could not be read. They are kept, and changed nothing.',
    );
    void vscode.window.showWarningMessage(message, open).then((chosen) => {
      if (chosen === open) void this.#show(entry.uri);
    });
  }

  #updateSoon(key: string): void {
    if (this.#entries.size === 0) return;
    if (key === 'all') this.#waiting = 'all';
    else if (this.#waiting !== 'all') this.#waiting.add(key);
    this.#timer ??= this.#host.clock.after(delays.update, () => this.#update());
  }

  #update(): void {
    const waiting = this.#waiting;
    this.#timer = undefined;
    this.#waiting = new Set();
    const changed: vscode.Uri[] = [];
    for (const entry of this.#entries.values()) {
      const data = this.#dataOf(entry);
      const refs = refsOf(entry.text).filter((ref) => waiting === 'all' || waiting.has(keyOf(ref)));
      if (data === undefined || refs.length === 0) continue;
      const isBusy = this.#documentOf(entry)?.isDirty === true;
      if (!entry.text.update(refs, (ref) => this.#known(data, ref), isBusy)) continue;
      entry.modified = this.#later(entry);
      entry.keeping ??= this.#host.clock.after(delays.keep, () => {
        if (this.#documentOf(entry)) void this.#keep(entry).catch(() => undefined);
      });
      changed.push(entry.uri);
    }
    if (changed.length > 0) this.#host.changed(changed);
  }

  #known({ account, contacts }: AccountStores, ref: ContactRef): Known | undefined {
    const resource = contacts.summary(ref);
    const { edits = {} } = this.#host.drafts.get({ origin: account.origin, ...ref }) ?? {};
    return resource && { values: valuesOf(resource), edits };
  }

  /** Changes of the same size and moment are changes, too. */
  #later({ modified }: Entry): number {
    return Math.max(this.#host.clock.now(), modified + 1);
  }

  async #keep(entry: Entry): Promise<void> {
    entry.keeping?.dispose();
    entry.keeping = undefined;
    await this.#host.files.write(entry.id, formatKept(entry.text.toKeep()));
  }

  async #prune(): Promise<void> {
    try {
      for (const { id, modified } of await this.#host.files.list()) {
        if (this.#entries.has(id) || this.#host.clock.now() - modified < life) continue;
        const text = await this.#stored(id);
        if (text && text.parsed.errors.length === 0) await this.#host.files.remove(id);
      }
    } catch (error) {
      logUnexpected(this.#host.log, 'clear old texts of contacts', error);
    }
  }
}

const isContacts = ({ uri }: vscode.TextDocument) => uri.scheme === contactsScheme;

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
