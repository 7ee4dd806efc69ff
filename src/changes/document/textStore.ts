/** The texts of this window: kept on the disk for a reload, brought up to date, and made drafts of when they are saved. */
import type * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import type { Clock } from '../../base/clock';
import { type Disposable, DisposableStore, followCurrent } from '../../base/event';
import { type Logger, logUnexpected } from '../../base/log';
import type { AccountStores, CurrentAccount } from '../../contacts/accountStores';
import type { DraftStore } from '../../contacts/drafts/draftStore';
import { displayName, keyOf, valuesOf } from '../../contacts/model/contact';
import { typeInto } from '../../contacts/saving/typeInto';
import { ContactText, type Known, type TextEdit } from './contactText';
import { formatKept, parseKept } from './keptText';
import type { TextFiles } from './textFiles';

export interface TextsHost {
  readonly data: Pick<CurrentAccount, 'current' | 'onDidChange'>;
  readonly drafts: DraftStore;
  readonly files: TextFiles;
  readonly clock: Clock;
  readonly log: Logger;
  /** Documents are to be read again. */
  changed(uris: readonly vscode.Uri[]): void;
}

/** The state of a document in VS Code's editors. */
interface Editors {
  isOpen(uri: vscode.Uri): boolean;
  /** The document has typed text that is not saved. */
  isDirty(uri: vscode.Uri): boolean;
}

export interface OpenText {
  readonly id: string;
  readonly uri: vscode.Uri;
  readonly text: ContactText;
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

export const refsOf = (text: ContactText) => text.contacts.map(({ ref }) => ref);

export class TextStore implements Disposable {
  readonly #host: TextsHost;
  readonly #editors: Editors;
  readonly #texts = new Map<string, OpenText>();
  readonly #subscriptions = new DisposableStore();
  /** Contacts that changed, by `keyOf`; `all` where a list did. */
  #waiting: Set<string> | 'all' = new Set();
  #timer: Disposable | undefined;

  constructor(host: TextsHost, editors: Editors) {
    this.#host = host;
    this.#editors = editors;
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
    void this.#prune();
  }

  all(): readonly OpenText[] {
    return [...this.#texts.values()];
  }

  get(id: string): OpenText | undefined {
    return this.#texts.get(id);
  }

  /** Also one that a window before this one had open. */
  async find(id: string, uri: vscode.Uri): Promise<OpenText | undefined> {
    const text = this.#texts.has(id) ? undefined : await this.stored(id);
    return this.#texts.get(id) ?? (text && this.add(id, uri, text));
  }

  async stored(id: string): Promise<ContactText | undefined> {
    const json = await this.#host.files.read(id);
    const kept = json === undefined ? undefined : parseKept(json);
    return kept && new ContactText(kept);
  }

  add(id: string, uri: vscode.Uri, text: ContactText): OpenText {
    const now = this.#host.clock.now();
    const open: OpenText = { id, uri, text, created: now, modified: now };
    this.#texts.set(id, open);
    const data = this.dataOf(open);
    if (data) this.#load(open, data);
    this.updateSoon('all');
    return open;
  }

  /** From now on nothing is known of it here, and nothing on the disk. */
  async remove(id: string): Promise<void> {
    this.#texts.get(id)?.keeping?.dispose();
    this.#texts.delete(id);
    await this.#host.files.remove(id);
  }

  /** Takes it off the disk: all that was typed is in drafts. */
  async unkeep(open: OpenText): Promise<void> {
    open.keeping?.dispose();
    open.keeping = undefined;
    await this.#host.files.remove(open.id).catch(() => undefined);
  }

  /** Undefined where the text is of another API, or nobody is signed in. */
  dataOf({ text }: Pick<OpenText, 'text'>): AccountStores | undefined {
    const { current } = this.#host.data;
    return current?.account.origin === text.origin ? current : undefined;
  }

  /**
   * Takes a text that was saved, and makes drafts of what changed. It sends nothing, and the text stays as it is.
   * @returns whether the disk has it
   */
  async save(open: OpenText, saved: string): Promise<boolean> {
    const { drafts, log } = this.#host;
    for (const edit of open.text.accept(saved)) this.#type(open, edit);
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
  async keep(open: OpenText): Promise<void> {
    open.keeping?.dispose();
    open.keeping = undefined;
    await this.#host.files.write(open.id, formatKept(open.text.toKeep()));
  }

  /** Brings texts up to date. @param key of a contact, by `keyOf`, or `all` */
  updateSoon(key: string): void {
    if (this.#texts.size === 0) return;
    if (key === 'all') this.#waiting = 'all';
    else if (this.#waiting !== 'all') this.#waiting.add(key);
    this.#timer ??= this.#host.clock.after(delays.update, () => this.#update());
  }

  /** Writes what is on its way to the disk. */
  async flush(): Promise<void> {
    for (const open of this.all()) if (open.keeping) await this.keep(open).catch(() => undefined);
    await this.#host.files.over();
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
    const key = { origin, ...ref };
    const typed = drafts.get(key)?.edits[field];
    const resource = data?.contacts.summary(ref);
    // A colleague was faster with the same value.
    if (typed === undefined && resource && valuesOf(resource)[field] === value) return;
    const known = contacts.find((one) => keyOf(one.ref) === keyOf(ref))?.title ?? '';
    const title = resource ? displayName(resource) : known;
    const organisation = data?.organisations.name(ref.organisationId) ?? '';
    typeInto(drafts, data?.saves, key, { field, value, base }, title, organisation);
    // Typed in a panel meanwhile, and not shown in the text yet.
    if (typed && typed !== before && typed !== value) drafts.keepAside(key, { field, text: typed });
  }

  /** After a reload nothing is known of the contacts; what the text shows is as old as the text. */
  #load({ text }: OpenText, data: AccountStores): void {
    if (data.account.origin !== text.origin) return;
    const unknown = refsOf(text).filter((ref) => data.contacts.summary(ref) === undefined);
    const ignore = () => undefined;
    if (unknown.length > mostRead)
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
      const isDirty = this.#editors.isDirty(open.uri);
      if (!open.text.update(refs, (ref) => this.#known(data, ref), isDirty)) continue;
      open.modified = this.#later(open);
      open.keeping ??= this.#host.clock.after(delays.keep, () => {
        if (this.#editors.isOpen(open.uri)) void this.keep(open).catch(() => undefined);
      });
      changed.push(open.uri);
    }
    if (changed.length > 0) this.#host.changed(changed);
  }

  #known({ account, contacts }: AccountStores, ref: ContactRef): Known | undefined {
    const resource = contacts.summary(ref);
    const { edits = {} } = this.#host.drafts.get({ origin: account.origin, ...ref }) ?? {};
    return resource && { values: valuesOf(resource), edits };
  }

  /** Changes of the same size and moment are changes, too. */
  #later({ modified }: OpenText): number {
    return Math.max(this.#host.clock.now(), modified + 1);
  }

  async #prune(): Promise<void> {
    try {
      for (const { id, modified } of await this.#host.files.list()) {
        if (this.#texts.has(id) || this.#host.clock.now() - modified < life) continue;
        const text = await this.stored(id);
        if (text && text.parsed.errors.length === 0) await this.#host.files.remove(id);
      }
    } catch (error) {
      logUnexpected(this.#host.log, 'clear old texts of contacts', error);
    }
  }
}
