/**
 * Shows contacts as read-only JSON documents. A URI contains IDs only, and the document follows the contact.
 */

import * as vscode from 'vscode';
import { type Disposable, DisposableStore, followCurrent } from '../base/event';
import type { AccountStores, CurrentAccount } from '../contacts/accountStores';
import type { DraftStore } from '../contacts/drafts/draftStore';
import { keyOf } from '../contacts/model/contact';
import { toJson } from '../contacts/model/contactText';
import { toUpdate } from '../contacts/model/update';
import { parseIdentity } from '../panel/messages';
import { type ContactKey, keyText } from '../protocol/contactKey';

const scheme = 'ctrl-hub-json';
/**
 * The whole resource as the API sent it, or the attributes that a save would replace: those of the API, or of
 * the draft.
 */
const kinds = ['contact', 'latest', 'draft'] as const;
type Kind = (typeof kinds)[number];

export function jsonUri(kind: Kind, key: ContactKey): vscode.Uri {
  // VS Code recognises JSON by the extension.
  return vscode.Uri.from({ scheme, path: `/${kind}.json`, query: JSON.stringify(key) });
}

export class JsonDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #data: CurrentAccount;
  readonly #drafts: DraftStore;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions = new DisposableStore();

  constructor(data: CurrentAccount, drafts: DraftStore) {
    this.#data = data;
    this.#drafts = drafts;
    this.#subscriptions.add(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      drafts.onDidChange((key) => this.#tell((open) => keyText(open) === keyText(key))),
      followCurrent(data, (current, changes) => {
        if (current) changes.add(this.#follow(current));
        this.#tell(() => true);
      }),
    );
  }

  /** Empty for an unknown contact, and after the account has changed. */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const key = keyOfUri(uri);
    const data = this.#data.current;
    if (key === undefined || data?.account.origin !== key.origin) return '';
    const document = data.contacts.document(key) ?? (await data.contacts.load(key));
    if (uri.path === '/contact.json') return toJson(document.resource);
    const edits = uri.path === '/draft.json' ? (this.#drafts.get(key)?.edits ?? {}) : {};
    return toJson(toUpdate(document.resource, edits));
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  #follow(data: AccountStores): Disposable {
    return data.contacts.onDidChange((change) => {
      if (change.kind !== 'contact') return;
      this.#tell((open) => open.origin === data.account.origin && keyOf(open) === keyOf(change.ref));
    });
  }

  /** Makes VS Code read the open documents of these contacts again. */
  #tell(isMine: (key: ContactKey) => boolean): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      const key = uri.scheme === scheme ? keyOfUri(uri) : undefined;
      if (key && isMine(key)) this.#changed.fire(uri);
    }
  }
}

function keyOfUri({ query }: vscode.Uri): ContactKey | undefined {
  try {
    return parseIdentity(JSON.parse(query));
  } catch {
    return undefined;
  }
}
