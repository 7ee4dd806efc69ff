/** The open panels, one a contact. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { ContactRef } from '../api/contacts';
import type { Disposable } from '../base/event';
import type { Logger } from '../base/log';
import { toLine } from '../base/text';
import { commandIds, contactPanelType } from '../commands/ids';
import type { CurrentData } from '../contacts/accountData';
import { displayName, keyOf } from '../contacts/contact';
import type { StateMessage } from '../protocol/state';
import { ContactPanel } from './contactPanel';
import { panelHtml } from './html';
import { parseIntent } from './messages';

interface OpenPanel {
  readonly ref: ContactRef;
  readonly window: vscode.WebviewPanel;
  readonly contact: ContactPanel;
}

export class Panels implements Disposable {
  readonly #panels = new Map<string, OpenPanel>();
  readonly #bundle: vscode.Uri;

  constructor(
    extensionUri: vscode.Uri,
    readonly data: CurrentData,
    readonly log: Logger,
  ) {
    this.#bundle = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  }

  /** The panel that the person is in. */
  get active(): OpenPanel | undefined {
    return [...this.#panels.values()].find(({ window }) => window.active);
  }

  open(ref: ContactRef): void {
    const data = this.data.current;
    if (data === undefined) return;
    const { origin } = data.account;
    const key = JSON.stringify([origin, keyOf(ref)]);
    const there = this.#panels.get(key);
    if (there) {
      there.window.reveal();
      return;
    }
    const known = data.contacts.summary(ref);
    const title = known === undefined ? vscode.l10n.t('Contact') : toLine(displayName(known));
    const window = vscode.window.createWebviewPanel(contactPanelType, title, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [this.#bundle],
      enableFindWidget: true,
    });
    this.#panels.set(key, {
      ref,
      window,
      contact: this.#start(window, ref, origin, () => this.#panels.delete(key)),
    });
  }

  dispose(): void {
    for (const { window } of this.#panels.values()) window.dispose();
  }

  #start(window: vscode.WebviewPanel, ref: ContactRef, origin: string, closed: () => void): ContactPanel {
    const { webview } = window;
    const contact = new ContactPanel(
      {
        data: this.data,
        log: this.log,
        setTitle: (title) => {
          if (window.title !== title) window.title = title;
        },
        post: (state) => void webview.postMessage({ type: 'state', state } satisfies StateMessage),
        copy: (text) => void vscode.env.clipboard.writeText(text),
        signIn: () => void vscode.commands.executeCommand(commandIds.signIn),
        showLog: () => void vscode.commands.executeCommand(commandIds.showLog),
      },
      ref,
      origin,
    );
    webview.onDidReceiveMessage((message: unknown) => {
      const intent = parseIntent(message);
      if (intent) contact.receive(intent);
      else this.log.warn('A message of the panel was not understood and was ignored');
    });
    window.onDidDispose(() => {
      contact.dispose();
      closed();
    });
    webview.html = this.#html(webview, window.title);
    return contact;
  }

  #html(webview: vscode.Webview, title: string): string {
    const uri = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.#bundle, file)).toString();
    return panelHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      script: uri('panel.js'),
      style: uri('panel.css'),
      language: vscode.env.language,
      title,
      loading: vscode.l10n.t('Loading contact…'),
    });
  }
}
