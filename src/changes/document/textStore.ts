/**
 * The texts of this window. Stores them on the disk for a reload, updates them, and turns saved changes into drafts.
 */
import type * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import type { Clock } from '../../base/clock';
import { type Disposable, DisposableStore, followCurrent } from '../../base/event';
import { type Logger, logUnexpected } from '../../base/log';
import type { AccountStores, CurrentAccount } from '../../contacts/accountStores';
import type { DraftStore } from '../../contacts/drafts/draftStore';
import { displayName, keyOf, valuesOf } from '../../contacts/model/contact';
import { typeInto } from '../../contacts/saving/typeInto';
import { keyAt } from '../../protocol/contactKey';
import type { ParsedText } from '../text/parsedText';
import type { ContactText, Known, KnownOf, OutdatedLine, TextContact, TextEdit } from './contactText';
import { type KeptFile, KeptTexts, textOf } from './keptTexts';
import type { TextFiles } from './textFiles';

export interface TextsHost {
  readonly data: Pick<CurrentAccount, 'current' | 'onDidChange'>;
  readonly drafts: DraftStore;
  readonly files: TextFiles;
  readonly clock: Clock;
  readonly log: Logger;
  /** Names this window, the same after a reload. */
  readonly window?: string | undefined;
  /** Tells VS Code to reload these documents. */
  changed(uris: readonly vscode.Uri[]): void;
}

/** The state of documents in VS Code's editors. */
interface Editors {
  isOpen(uri: vscode.Uri): boolean;
  /** True if the document has unsaved changes. */
  isUnsaved(uri: vscode.Uri): boolean;
  /**
   * Replaces lines of a document with unsaved changes.
   * @param find finds the lines in its text
   * @returns the lines that were replaced; undefined if the user typed meanwhile
   */
  replace(
    uri: vscode.Uri,
    find: (typed: ParsedText) => readonly OutdatedLine[],
  ): Promise<readonly OutdatedLine[] | undefined>;
}

export interface OpenText extends KeptFile {
  readonly uri: vscode.Uri;
  readonly created: number;
  modified: number;
  keeping?: Disposable | undefined;
}

/** In milliseconds. Changes at the same time are handled together, and a text that changes by itself is soon stored. */
const delays = { update: 30, keep: 500 } as const;
/** After a reload, up to this number of contacts are read one by one; for more, their lists are read. */
const maxRead = 20;

const refsOf = (text: ContactText) => text.contacts.map(({ ref }) => ref);

/** Returns true if the text has exactly these contacts, in this order. */
export function isTextOf(
  text: ContactText,
  origin: string,
  contacts: readonly Pick<TextContact, 'ref'>[],
): boolean {
  const own = refsOf(text).map(keyOf);
  return (
    text.origin === origin &&
    own.length === contacts.length &&
    contacts.every(({ ref }, n) => keyOf(ref) === own[n])
  );
}

export class TextStore implements Disposable {
  readonly #host: TextsHost;
  readonly #editors: Editors;
  readonly #texts = new Map<string, OpenText>();
  readonly #subscriptions = new DisposableStore();
  readonly #kept: KeptTexts;
  /** The changed contacts, by `keyOf`; `all` after a list changed. */
  #waiting: Set<string> | 'all' = new Set();
  #timer: Disposable | undefined;

  constructor(host: TextsHost, editors: Editors) {
    this.#host = host;
    this.#editors = editors;
    this.#kept = new KeptTexts(host);
    this.#subscriptions.add(
      host.drafts.onDidChange(({ organisationId, contactId }) =>
        this.updateSoon(keyOf({ organisationId, contactId })),
      ),
      followCurrent(host.data, (data, changes) => {
        if (data === undefined) return;
        changes.add(
          data.contacts.onDidChange((change) =>
            this.updateSoon(change.kind === 'contact' ? keyOf(change.ref) : 'all'),
          ),
        );
        this.updateSoon('all');
        for (const open of this.#texts.values()) this.#load(open, data);
      }),
    );
    void this.#kept.prune((id) => this.withFile(id) !== undefined);
  }

  all(): readonly OpenText[] {
    return [...this.#texts.values()];
  }

  get(id: string): OpenText | undefined {
    return this.#texts.get(id);
  }

  /** Returns the open text that this window stores in a file. */
  withFile(fileId: string): OpenText | undefined {
    return this.all().find((open) => open.fileId === fileId);
  }

  /** Also finds a text that an earlier window had open. */
  async find(id: string, uri: vscode.Uri): Promise<OpenText | undefined> {
    const json = this.#texts.has(id) ? undefined : await this.#host.files.read(id);
    const text = textOf(json, this.#host.window);
    return this.#texts.get(id) ?? (text && this.add(id, uri, text, json));
  }

  async stored(id: string): Promise<ContactText | undefined> {
    return textOf(await this.#host.files.read(id));
  }

  /** @param kept the content of the file, if there is one */
  add(id: string, uri: vscode.Uri, text: ContactText, kept?: string): OpenText {
    const now = this.#host.clock.now();
    const open: OpenText = { id, uri, text, created: now, modified: now, fileId: id, kept };
    this.#texts.set(id, open);
    const data = this.dataOf(open);
    if (data) this.#load(open, data);
    this.updateSoon('all');
    return open;
  }

  /** Forgets a text in this window, and removes its file. */
  async remove(id: string): Promise<void> {
    const open = this.#texts.get(id);
    open?.keeping?.dispose();
    this.#texts.delete(id);
    await this.#host.files.remove(id);
    if (open && open.fileId !== id) await this.#host.files.remove(open.fileId);
  }

  /** Removes the file, because all edits are in drafts. */
  async unkeep(open: OpenText): Promise<void> {
    open.keeping?.dispose();
    open.keeping = undefined;
    try {
      // Whoever opens the text again finds the lines in error of the other window.
      if (!(await this.#kept.remove(open))) this.#texts.delete(open.id);
    } catch (error) {
      logUnexpected(this.#host.log, 'remove a text of contacts', error);
    }
  }

  /** Returns undefined if the text belongs to another API, or if no account is signed in. */
  dataOf({ text }: Pick<OpenText, 'text'>): AccountStores | undefined {
    const { current } = this.#host.data;
    return current?.account.origin === text.origin ? current : undefined;
  }

  /**
   * Accepts a saved text, and writes its changes into drafts. Sends nothing, and keeps the text as it is.
   * @param screen the text on screen, if known
   * @returns true if the changes are on the disk
   */
  async save(open: OpenText, saved: string, screen?: string): Promise<boolean> {
    const { drafts, log } = this.#host;
    for (const edit of open.text.accept(saved, screen)) this.#type(open, edit);
    open.modified = this.#later(open);
    try {
      await Promise.all([this.keep(open), drafts.flush()]);
      return true;
    } catch (error) {
      logUnexpected(log, 'keep a text of contacts', error);
      return false;
    }
  }

  /** @throws if the disk refuses */
  keep(open: OpenText): Promise<void> {
    open.keeping?.dispose();
    open.keeping = undefined;
    return this.#kept.keep(open);
  }

  /** VS Code shows this text, without unsaved changes. */
  shown(open: OpenText, text: string): void {
    const known = open.text.confirm(text);
    if (known === 'changed') this.#keepSoon(open);
    if (known === 'unknown') {
      open.modified = this.#later(open);
      this.#host.changed([open.uri]);
    }
    this.updateSoon('all');
  }

  /** Schedules an update of the texts. @param key the key of a contact, by `keyOf`, or `all` */
  updateSoon(key: string): void {
    if (this.#texts.size === 0) return;
    if (key === 'all') this.#waiting = 'all';
    else if (this.#waiting !== 'all') this.#waiting.add(key);
    this.#timer ??= this.#host.clock.after(delays.update, () => this.#update());
  }

  /** Completes pending writes to the disk. */
  async flush(): Promise<void> {
    // Another window that closes the same text removes its file.
    for (const open of this.all())
      if (open.keeping || this.#editors.isOpen(open.uri)) await this.keep(open).catch(() => undefined);
    await this.#kept.over();
  }

  dispose(): void {
    this.#timer?.dispose();
    for (const { keeping } of this.#texts.values()) keeping?.dispose();
    this.#subscriptions.dispose();
  }

  #type(open: OpenText, { ref, field, value, base, before }: TextEdit): void {
    const { drafts } = this.#host;
    const { origin, contacts } = open.text;
    const data = this.dataOf(open);
    const key = keyAt(origin, ref);
    const typed = drafts.get(key)?.edits[field];
    const resource = data?.contacts.summary(ref);
    // Another user has already saved the same value.
    if (typed === undefined && resource && valuesOf(resource)[field] === value) return;
    const known = contacts.find((one) => keyOf(one.ref) === keyOf(ref))?.title ?? '';
    const title = resource ? displayName(resource) : known;
    const organisation = data?.organisations.name(ref.organisationId) ?? '';
    typeInto(drafts, data?.saves, key, { field, value, base }, title, organisation);
    // A panel changed the field meanwhile, and the text does not show that yet.
    if (typed && typed !== before && typed !== value) drafts.keepAside(key, { field, text: typed });
  }

  /** Loads the contacts after a reload, because the stored text may be outdated. */
  #load({ text }: OpenText, data: AccountStores): void {
    if (data.account.origin !== text.origin) return;
    const unknown = refsOf(text).filter((ref) => data.contacts.summary(ref) === undefined);
    const ignore = () => undefined;
    if (unknown.length > maxRead)
      void data.wholeLoads.load([...new Set(unknown.map((one) => one.organisationId))]).catch(ignore);
    else for (const ref of unknown) void data.contacts.load(ref, undefined, true).catch(ignore);
  }

  #update(): void {
    const waiting = this.#waiting;
    this.#timer = undefined;
    this.#waiting = new Set();
    const changed: vscode.Uri[] = [];
    for (const open of this.#texts.values()) {
      const data = this.dataOf(open);
      const refs = refsOf(open.text).filter((ref) => waiting === 'all' || waiting.has(keyOf(ref)));
      if (data === undefined || refs.length === 0) continue;
      const knownOf = (ref: ContactRef) => this.#known(data, ref);
      if (this.#editors.isUnsaved(open.uri)) void this.#renew(open, refs, knownOf);
      else if (open.text.update(refs, knownOf)) {
        open.modified = this.#later(open);
        this.#keepSoon(open);
        changed.push(open.uri);
      }
    }
    if (changed.length > 0) this.#host.changed(changed);
  }

  /** Updates a text with unsaved changes in its editor, because VS Code does not reload it. */
  async #renew(open: OpenText, refs: readonly ContactRef[], knownOf: KnownOf): Promise<void> {
    try {
      const lines = await this.#editors.replace(open.uri, (typed) =>
        open.text.outdatedIn(typed, refs, knownOf),
      );
      if (lines === undefined) for (const ref of refs) this.updateSoon(keyOf(ref));
      else if (lines.length > 0) {
        open.text.renewed(lines);
        this.#keepSoon(open);
      }
    } catch (error) {
      logUnexpected(this.#host.log, 'update a text of contacts', error);
    }
  }

  #keepSoon(open: OpenText): void {
    open.keeping ??= this.#host.clock.after(delays.keep, () => {
      if (this.#editors.isOpen(open.uri)) void this.keep(open).catch(() => undefined);
    });
  }

  #known({ account, contacts }: AccountStores, ref: ContactRef): Known | undefined {
    const resource = contacts.summary(ref);
    return (
      resource && {
        values: valuesOf(resource),
        edits: this.#host.drafts.editsOf(account.origin, ref),
      }
    );
  }

  /** Returns a later modification time, so that VS Code notices a change with the same size and time. */
  #later({ modified }: OpenText): number {
    return Math.max(this.#host.clock.now(), modified + 1);
  }
}
