/**
 * Controls one contact's panel: stores → state → webview, and validated messages → stores. It holds no
 * contact data.
 */

import type { ContactRef } from '../api/contacts';
import { type Disposable, DisposableStore } from '../base/event';
import { toLine } from '../base/text';
import type { AccountStores } from '../contacts/accountStores';
import { displayName, keyOf } from '../contacts/model/contact';
import { onDidLoadPlans, shownName } from '../platform/text/telephones';
import { type ContactKey, keyText } from '../protocol/contactKey';
import type { PanelIntent, TypedIntent } from '../protocol/intents';
import type { Keystroke } from '../protocol/keystroke';
import type { PanelBody } from '../protocol/state';
import { bodyOf, type PanelParts, typedLines } from './bodyOf';
import { Editing } from './editing';
import { OtherTexts } from './otherTexts';
import type { PanelHost } from './panelHost';
import { pickAccount } from './pickAccount';
import { Reading } from './reading';
import { RelatedPart } from './relatedPart';
import { isSavingIntent, SavingPart } from './savingPart';
import { idsIn, panelTitle } from './state/panelState';
import { panelStrings } from './state/strings';
import { StateSender } from './stateSender';

export class ContactPanel implements Disposable {
  readonly #host: PanelHost;
  /** The identity includes the API, because another one may have another contact with the same ID. */
  readonly #identity: ContactKey;
  readonly #subscriptions = new DisposableStore();
  readonly #changes = new DisposableStore();
  /** True after the page's script has started. */
  #started = false;
  #drawing: NodeJS.Immediate | undefined;
  #heard: Keystroke | undefined;
  readonly #reading: Reading;
  readonly #editing: Editing;
  readonly #others: OtherTexts;
  readonly #related: RelatedPart;
  readonly #saving: SavingPart;
  readonly #parts: PanelParts;
  readonly #sender: StateSender;

  constructor(host: PanelHost, identity: ContactKey) {
    this.#host = host;
    this.#identity = identity;
    this.#reading = new Reading(
      {
        log: host.log,
        clock: host.clock,
        data: () => this.#data,
        changed: () => this.#show(),
        checked: () => this.#data?.saves.settle(this.#identity),
        loaded: () => {
          this.#data?.saves.settle(this.#identity);
          this.#related.loaded();
        },
      },
      identity,
    );
    this.#editing = new Editing(host.drafts, identity, () => this.#data?.saves);
    this.#others = new OtherTexts(host, identity, this.#editing, () => this.#reading.shown);
    this.#related = new RelatedPart(
      {
        interactionDrafts: host.interactionDrafts,
        data: () => this.#data,
        document: () => this.#reading.document,
        changed: () => this.#show(),
        open: (ref) => host.open(ref),
        pickAccount,
      },
      identity,
    );
    this.#saving = new SavingPart(
      {
        data: () => this.#data,
        changed: () => this.#show(),
        began: () => {
          this.#reading.saving();
          this.#editing.forgetRevert();
        },
        ended: (refusal) => this.#reading.saved(refusal),
        stopped: () => this.#related.saved(),
      },
      identity,
    );
    this.#parts = {
      host,
      identity,
      reading: this.#reading,
      editing: this.#editing,
      others: this.#others,
      related: this.#related,
    };
    this.#sender = new StateSender((message) => host.post(message));
    this.#subscriptions.add(
      host.session.onDidChange(() => this.#show()),
      host.data.onDidChange(() => this.#follow()),
      host.drafts.onDidChange((key) => {
        if (keyText(key) === keyText(identity)) this.#show();
      }),
      host.drafts.onDidChangeFailing(() => this.#show()),
      onDidLoadPlans(() => this.#related.changed()),
    );
    this.#follow();
  }

  receive(intent: PanelIntent): void {
    switch (intent.type) {
      case 'ready':
        this.#started = true;
        this.#sender.begin();
        this.#show();
        break;
      case 'edit':
      case 'choose':
      case 'interaction':
        this.#hear(intent);
        break;
      case 'revert':
        this.revert();
        break;
      case 'unrevert':
        this.#editing.unrevert();
        break;
      case 'retry':
        if (this.#reading.shown) this.save();
        else if (this.#reading.loading.kind === 'failed') this.#reading.load();
        break;
      case 'check':
        if (this.#reading.loading.kind === 'failed') this.#reading.load();
        break;
      case 'copy':
        this.#copy(intent.id);
        break;
      case 'copyDraft':
        this.#host.copy(
          typedLines(this.#parts)
            .map(({ label, value }) => `${label}: ${value}`)
            .join('\n'),
        );
        break;
      case 'otherText':
        this.#others.act(intent.id, intent.act);
        break;
      case 'signIn':
        this.#host.signIn();
        break;
      case 'useSampleData':
        this.#host.useSampleData();
        break;
      case 'showLog':
        this.#host.showLog();
        break;
      default:
        if (isSavingIntent(intent)) this.#saving.receive(intent);
        else this.#related.receive(intent);
    }
  }

  /** Handles typed text. A page repeats unanswered intents, so each one is handled once. */
  #hear(intent: TypedIntent): void {
    const { keystrokes } = this.#host;
    if (keystrokes.isNew(intent)) this.#type(intent);
    this.#heard = keystrokes.take(intent);
    this.#show();
  }

  #type(intent: TypedIntent): void {
    if (intent.type === 'edit') this.#editing.edit(intent, this.#name, this.#organisation);
    else if (intent.type === 'choose') this.#editing.choose(intent.choice, this.#name, this.#organisation);
    else this.#related.receive(intent);
  }

  /** Saves the draft; does nothing while a save is running. */
  save(): void {
    this.#saving.save();
  }

  revert(): void {
    this.#editing.revert();
  }

  logInteraction(): Promise<void> {
    return this.#related.logInteraction();
  }

  /** True if closing the panel hides no typed text, no work under way, and no message that asks for something. */
  get isAtRest(): boolean {
    const saving = this.#data?.saves.state(this.#identity).kind ?? 'idle';
    return (
      (saving === 'idle' || saving === 'saved') &&
      typedLines(this.#parts).length === 0 &&
      this.#others.states.length === 0 &&
      !this.#editing.canUnrevert &&
      !this.#related.isLinking
    );
  }

  /** Checks for changes when the panel is shown. A running save reports changes itself. */
  checkForChanges(): void {
    if (!this.#saving.isUnderWay) this.#reading.checkForChanges();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changes.dispose();
    this.#related.dispose();
    this.#reading.dispose();
    clearImmediate(this.#drawing);
  }

  get #data(): AccountStores | undefined {
    const data = this.#host.data.current;
    return data?.account.origin === this.#identity.origin ? data : undefined;
  }

  get #body(): PanelBody {
    return bodyOf(this.#parts, this.#data, this.#saving.attempt);
  }

  /** The contact's name for display. */
  get #name(): string {
    const document = this.#data?.contacts.known(this.#identity);
    return document === undefined ? this.#identity.contactId : toLine(displayName(document.resource));
  }

  /** The title before the contact is read: the name in its row, or in its draft. */
  get #knownTitle(): string {
    const row = this.#data?.contacts.summary(this.#identity);
    return row === undefined ? (this.#editing.draft?.title ?? '') : shownName(row);
  }

  get #organisation(): string {
    return toLine(this.#data?.organisations.name(this.#identity.organisationId) ?? '');
  }

  /** Follows a change of the account: clears the screen, and keeps unsaved text in its draft. */
  #follow(): void {
    this.#changes.clear();
    const data = this.#data;
    const isMine = (ref: ContactRef) => keyOf(ref) === keyOf(this.#identity);
    // A row counts until the contact was read.
    const isListShown = () => this.#reading.loading.kind !== 'loaded';
    if (data)
      this.#changes.add(
        data.contacts.onDidChange(
          (change) => (change.kind === 'contact' ? isMine(change.ref) : isListShown()) && this.#show(),
        ),
        this.#saving.follow(data),
        data.organisations.onDidChange(() => this.#show()),
      );
    this.#related.follow();
    this.#reading.load();
  }

  /** Posts one state for all changes of one turn of the event loop. */
  #show(): void {
    this.#drawing ??= setImmediate(() => {
      this.#drawing = undefined;
      this.#draw();
    });
  }

  #draw(): void {
    const title = panelTitle(this.#reading.shown);
    if (title !== '') this.#host.setTitle(title);
    const body = this.#body;
    // A page that has not started shows "Loading" itself.
    if (body.kind === 'loading' && !this.#started) return;
    this.#sender.send({
      identity: this.#identity,
      title: title || this.#knownTitle,
      organisation: this.#organisation,
      body,
      ...(this.#heard ? { heard: this.#heard } : {}),
      strings: panelStrings(),
    });
  }

  /** Copies an ID that is on screen only: the webview must not choose the content of the clipboard. */
  #copy(id: string): void {
    if ([this.#identity.contactId, ...idsIn(this.#body)].includes(id)) this.#host.copy(id);
  }
}
