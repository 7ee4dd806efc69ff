/**
 * One contact's panel: store → state → webview, and checked messages → store. It keeps no contact data of
 * its own, only what is going on: a load, a save.
 */
import type { ContactDocument, ContactRef } from '../api/contacts';
import { ApiError } from '../api/errors';
import { isAbortError } from '../base/abort';
import type { Disposable } from '../base/event';
import type { Logger } from '../base/log';
import type { AccountData, CurrentData } from '../contacts/accountData';
import { keyOf } from '../contacts/contact';
import { changesOf } from '../contacts/update';
import type { PanelIntent } from '../protocol/intents';
import type { PanelBody, PanelState } from '../protocol/state';
import { failedBody, panelTitle, readyBody, type Saving } from './panelState';
import { panelStrings } from './strings';

/** What the panel needs of its surroundings: a window to draw in, and ways out. */
export interface PanelHost {
  readonly data: CurrentData;
  readonly log: Logger;
  setTitle(title: string): void;
  post(state: PanelState): void;
  copy(text: string): void;
  signIn(): void;
  showLog(): void;
}

type Loading =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded' }
  | { readonly kind: 'failed'; readonly error: unknown };

export class ContactPanel implements Disposable {
  readonly #host: PanelHost;
  readonly #ref: ContactRef;
  /** The contact belongs to one API: another one may have another contact by the same id. */
  readonly #origin: string;
  readonly #subscription: Disposable;
  #changes: Disposable[] = [];
  #loading: Loading = { kind: 'loading' };
  #saving: Saving = { kind: 'idle' };
  #abort = new AbortController();

  constructor(host: PanelHost, ref: ContactRef, origin: string) {
    this.#host = host;
    this.#ref = ref;
    this.#origin = origin;
    this.#subscription = host.data.onDidChange(() => this.#follow());
    this.#follow();
  }

  receive(intent: PanelIntent): void {
    switch (intent.type) {
      case 'ready':
        this.#show();
        break;
      case 'edit':
        this.#data?.drafts.edit(this.#ref, intent.field, intent.value, intent.revision);
        break;
      case 'save':
        this.save();
        break;
      case 'revert':
        this.revert();
        break;
      case 'retry':
        if (this.#loading.kind === 'loaded') this.save();
        else this.#load();
        break;
      case 'copy':
        this.#copy(intent.id);
        break;
      case 'signIn':
        this.#host.signIn();
        break;
      case 'showLog':
        this.#host.showLog();
        break;
    }
  }

  /** Sends what was typed, once; a second call meanwhile does nothing. */
  save(): void {
    const data = this.#data;
    const document = this.#document;
    if (data === undefined || document === undefined || this.#saving.kind === 'saving') return;
    const edits = changesOf(document.resource, data.drafts.get(this.#ref).edits);
    if (Object.keys(edits).length === 0) {
      this.#show();
      return;
    }
    this.#saving = { kind: 'saving' };
    this.#show();
    data.contacts.save(this.#ref, edits).then(
      () => {
        data.drafts.saved(this.#ref, edits);
        this.#finish(data, { kind: 'saved' });
      },
      (error: unknown) => {
        this.#note('save', error);
        this.#finish(data, { kind: 'failed', error });
      },
    );
  }

  revert(): void {
    if (this.#saving.kind !== 'saving') this.#saving = { kind: 'idle' };
    this.#data?.drafts.revert(this.#ref);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const change of this.#changes) change.dispose();
    this.#abort.abort();
  }

  get #data(): AccountData | undefined {
    const data = this.#host.data.current;
    return data?.account.origin === this.#origin ? data : undefined;
  }

  get #document(): ContactDocument | undefined {
    return this.#loading.kind === 'loaded' ? this.#data?.contacts.document(this.#ref) : undefined;
  }

  /** Another account, or none: what is on screen goes, what was typed stays in its drafts. */
  #follow(): void {
    for (const change of this.#changes) change.dispose();
    this.#saving = { kind: 'idle' };
    const data = this.#data;
    this.#changes =
      data === undefined
        ? []
        : [
            data.contacts.onDidChange((change) => {
              if (change.kind === 'contact' && keyOf(change.ref) === keyOf(this.#ref)) this.#show();
            }),
            data.drafts.onDidChange((ref) => {
              if (keyOf(ref) === keyOf(this.#ref)) this.#edited();
            }),
            data.organisations.onDidChange(() => this.#show()),
          ];
    this.#load();
  }

  #load(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const data = this.#data;
    this.#loading =
      data === undefined ? { kind: 'failed', error: new ApiError('unauthorised') } : { kind: 'loading' };
    this.#show();
    data?.contacts.load(this.#ref, signal).then(
      () => this.#loaded(signal, { kind: 'loaded' }),
      (error: unknown) => {
        if (isAbortError(error)) return;
        this.#note('load', error);
        this.#loaded(signal, { kind: 'failed', error });
      },
    );
  }

  #loaded(signal: AbortSignal, loading: Loading): void {
    if (signal.aborted) return;
    this.#loading = loading;
    this.#show();
  }

  #finish(data: AccountData, saving: Saving): void {
    if (data !== this.#data) return;
    this.#saving = saving;
    this.#show();
  }

  /** What is typed after a save, or after a refusal, is a new thing: the old message no longer fits. */
  #edited(): void {
    const document = this.#document;
    const edits = this.#data?.drafts.get(this.#ref).edits ?? {};
    const unchanged = document !== undefined && Object.keys(changesOf(document.resource, edits)).length === 0;
    if (this.#saving.kind === 'saved' || (this.#saving.kind === 'failed' && unchanged))
      this.#saving = { kind: 'idle' };
    this.#show();
  }

  #show(): void {
    const title = panelTitle(this.#document);
    if (title !== '') this.#host.setTitle(title);
    this.#host.post({
      title,
      organisation: this.#data?.organisations.name(this.#ref.organisationId) ?? '',
      body: this.#body(),
      strings: panelStrings(),
    });
  }

  #body(): PanelBody {
    if (this.#loading.kind === 'failed') return failedBody(this.#loading.error);
    const document = this.#document;
    const drafts = this.#data?.drafts;
    if (document === undefined || drafts === undefined) return { kind: 'loading' };
    return readyBody(document, drafts.get(this.#ref), this.#saving);
  }

  /** Only ids that are on screen: the webview does not choose what goes to the clipboard. */
  #copy(id: string): void {
    const body = this.#body();
    if (body.kind === 'loading') return;
    const problem =
      body.kind === 'failed' ? body.problem : body.save.kind === 'failed' ? body.save.problem : undefined;
    const related =
      body.kind === 'ready' ? body.relationships.flatMap(({ items }) => items.map((item) => item.id)) : [];
    if ([this.#ref.contactId, problem?.traceId, ...related].includes(id)) this.#host.copy(id);
  }

  #note(what: string, error: unknown): void {
    this.#host.log.warn(`${what} contact: ${error instanceof ApiError ? error.message : 'failed'}`);
  }
}
