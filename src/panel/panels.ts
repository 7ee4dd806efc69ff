/** The open panels, one for each contact. */

import * as vscode from 'vscode';
import type { ContactRef } from '../api/contacts';
import type { Clock } from '../base/clock';
import { type Disposable, DisposableStore } from '../base/event';
import type { Logger } from '../base/log';
import type { AccountStores, CurrentAccount } from '../contacts/accountStores';
import { isEmpty } from '../contacts/drafts/draft';
import type { DraftStore } from '../contacts/drafts/draftStore';
import type { InteractionDraftStore } from '../contacts/drafts/interactionDraftStore';
import { keyOf } from '../contacts/model/contact';
import type { ReadableName } from '../contacts/related/relatedStore';
import { commandIds, contactPanelType } from '../manifest';
import { setContext } from '../platform/contextKeys';
import { readPageScript } from '../platform/pages/pageScript';
import { pageOptions, showPage } from '../platform/pages/showPage';
import { shownName } from '../platform/text/telephones';
import { type ContactKey, keyAt, keyText } from '../protocol/contactKey';
import type { PanelIntent } from '../protocol/intents';
import type { FocusMessage } from '../protocol/state';
import type { Environment, UrlProblem } from '../session/environment';
import { ContactPanel } from './contactPanel';
import { Keystrokes } from './keystrokes';
import { parseIdentity, takeMessage } from './messages';
import type { PanelHost } from './panelHost';

interface PanelsHost {
  readonly extensionUri: vscode.Uri;
  readonly session: PanelHost['session'] & { environment(): Environment | UrlProblem };
  readonly data: CurrentAccount;
  readonly drafts: DraftStore;
  readonly interactionDrafts: InteractionDraftStore;
  readonly log: Logger;
  readonly clock: Clock;
  /** Called when the user opens a contact or returns to it. */
  opened(origin: string, ref: ContactRef): void;
}

interface OpenPanel {
  readonly identity: ContactKey;
  readonly window: vscode.WebviewPanel;
  readonly contact: ContactPanel;
  /** Focuses the form, or begins an addition, as soon as the page runs. */
  edit(add?: ReadableName): void;
}

export class Panels implements Disposable {
  readonly #host: PanelsHost;
  readonly #script: string;
  readonly #panels = new Map<string, OpenPanel>();
  readonly #keystrokes = new Keystrokes();
  readonly #subscriptions = new DisposableStore();
  #canRevert = false;

  constructor(host: PanelsHost) {
    this.#host = host;
    // The first click finds it read.
    this.#script = readPageScript(host.extensionUri, 'panel');
    this.#subscriptions.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused)
          for (const { window, contact } of this.#panels.values())
            if (window.visible) contact.checkForChanges();
      }),
      host.drafts.onDidChange(() => this.#mark()),
    );
  }

  /** The contact of the active panel, if it belongs to the current account. */
  get activeContact(): ContactKey | undefined {
    const contact = this.active?.identity;
    return contact?.origin === this.#host.data.current?.account.origin ? contact : undefined;
  }

  /** The active panel. */
  get active(): OpenPanel | undefined {
    return [...this.#panels.values()].find(({ window }) => window.active);
  }

  /**
   * Opens a contact for keyboard use: the form gets the focus.
   * @param add the relationship to add to, as with its button
   */
  edit(ref: ContactRef, add?: ReadableName): void {
    this.open(ref);
    const origin = this.#host.data.current?.account.origin;
    if (origin !== undefined) this.#panels.get(keyText(keyAt(origin, ref)))?.edit(add);
  }

  open(ref: ContactRef): void {
    const data = this.#host.data.current;
    if (data === undefined) return;
    const identity = keyAt(data.account.origin, ref);
    const there = this.#panels.get(keyText(identity));
    if (there) there.window.reveal();
    else this.#open(data, identity);
    this.#host.opened(identity.origin, ref);
  }

  /**
   * Opens a contact in place of another one: the form gets the focus. The panel of the other one stays open if
   * something in it is not done or not saved, or if it is no longer the active one.
   */
  replace(left: ContactKey, ref: ContactRef): void {
    const { active } = this;
    this.edit(ref);
    if (active === undefined || keyText(active.identity) !== keyText(left) || keyOf(left) === keyOf(ref))
      return;
    if (active.contact.isAtRest) active.window.dispose();
  }

  #open(data: AccountStores, identity: ContactKey): void {
    const known = data.contacts.summary(identity);
    const title = known === undefined ? vscode.l10n.t('Contact') : shownName(known);
    const options = { ...pageOptions, enableFindWidget: true };
    this.#start(
      vscode.window.createWebviewPanel(contactPanelType, title, vscode.ViewColumn.Active, options),
      identity,
    );
  }

  /**
   * Fills a panel that VS Code restores after a reload. It shows its contact, or the reason why it cannot.
   */
  restore(window: vscode.WebviewPanel, state: unknown): void {
    const identity = parseIdentity(state);
    if (identity === undefined || this.#panels.has(keyText(identity))) {
      if (identity === undefined)
        this.#host.log.warn('A panel could not be opened again: what it kept is not readable');
      window.dispose();
      return;
    }
    window.webview.options = pageOptions;
    this.#start(window, identity);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const { window } of this.#panels.values()) window.dispose();
  }

  /** Updates the context key of the active panel that enables Revert. */
  #mark(): void {
    const { active } = this;
    const canRevert = active !== undefined && !isEmpty(this.#host.drafts.get(active.identity));
    if (canRevert === this.#canRevert) return;
    this.#canRevert = canRevert;
    void setContext('canRevert', canRevert);
  }

  #start(window: vscode.WebviewPanel, identity: ContactKey): void {
    const { webview } = window;
    showPage(window, this.#host.extensionUri, this.#script, vscode.l10n.t('Loading contact…'));
    const contact = new ContactPanel(
      {
        ...this.#host,
        keystrokes: this.#keystrokes,
        setTitle: (title) => {
          if (window.title !== title) window.title = title;
        },
        post: (message) => void webview.postMessage(message),
        copy: (text) => void vscode.env.clipboard.writeText(text),
        signIn: () => void vscode.commands.executeCommand(this.#wayBack(identity)),
        open: (ref) => this.open(ref),
        useSampleData: () => void vscode.commands.executeCommand(commandIds.useSampleData),
        showLog: () => void vscode.commands.executeCommand(commandIds.showLog),
      },
      identity,
    );
    let runs = false;
    let wanted: (() => void) | undefined;
    const edit = (add?: ReadableName) => {
      wanted = runs ? undefined : () => edit(add);
      if (!runs) return;
      void this.#focus(window, contact, add);
    };
    this.#panels.set(keyText(identity), {
      identity,
      window,
      contact,
      edit,
    });
    this.#mark();
    const receive = (intent: PanelIntent) => {
      contact.receive(intent);
      if (intent.type === 'ready') runs = true;
      wanted?.();
    };
    webview.onDidReceiveMessage((message: unknown) => takeMessage(message, receive, this.#host.log));
    window.onDidChangeViewState(() => {
      this.#mark();
      // VS Code destroys the page of a hidden panel.
      runs &&= window.visible;
      if (window.visible) contact.checkForChanges();
    });
    window.onDidDispose(() => {
      contact.dispose();
      this.#panels.delete(keyText(identity));
      this.#mark();
    });
  }

  /** @param add the relationship to add to: the form of an interaction is begun before it gets the focus */
  async #focus(window: vscode.WebviewPanel, contact: ContactPanel, add?: ReadableName): Promise<void> {
    // VS Code focuses a new webview before its page exists.
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    if (add === 'interactions') await contact.logInteraction();
    const message: FocusMessage = { type: 'focus', relationship: add };
    void window.webview.postMessage(message);
  }

  /** A contact of another environment becomes available after switching to that environment. */
  #wayBack({ origin }: ContactKey): string {
    const environment = this.#host.session.environment();
    const elsewhere = typeof environment === 'object' && environment.origin !== origin;
    return elsewhere ? commandIds.switchEnvironment : commandIds.signIn;
  }
}
