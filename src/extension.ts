/**
 * The entry point that VS Code loads at start: IDs and empty shells. Signing in, requests and panels are in
 * the second bundle, `app`, which is loaded at its first use.
 */

import * as vscode from 'vscode';
import type { App } from './app';
import { once } from './base/concurrency';
import {
  authenticationId,
  type CommandId,
  commandIds,
  contactPanelType,
  contactsScheme,
  contactsViewId,
  draggedContacts,
  reviewPageType,
  toolIds,
} from './manifest';
import { isProfileKey } from './platform/storage/profileKeys';
import { secretAhead } from './platform/storage/secretAhead';
import { toTool } from './platform/toolCalls';
import { userSetting } from './platform/userSetting';
import type { ContactsNode } from './tree/nodes';

/** Set after the app is loaded. */
let flush: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const treeChanged = new vscode.EventEmitter<ContactsNode | undefined>();
  const accountsChanged =
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  const textsChanged = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const view = vscode.window.createTreeView<ContactsNode>(contactsViewId, {
    treeDataProvider: {
      onDidChangeTreeData: treeChanged.event,
      getChildren: async (node) => (await app()).children(node),
      getTreeItem: async (node) => (await app()).treeItem(node),
      resolveTreeItem: async (item, node) => (await app()).withTooltip(item, node),
      getParent: async (node) => (await app()).parent(node),
    },
    dragAndDropController: {
      dragMimeTypes: ['text/plain', draggedContacts],
      dropMimeTypes: [],
      handleDrag: async (nodes, dragged) => (await app()).drag(nodes, dragged),
    },
    canSelectMany: true,
    showCollapseAll: true,
  });
  const app = once(async (): Promise<App> => {
    const secrets = secretAhead(context, userSetting('apiUrl').value());
    const { createApp } = await import('./app');
    const created = createApp(
      context,
      secrets,
      view,
      (node) => treeChanged.fire(node),
      (change) => accountsChanged.fire(change),
      (uris) => textsChanged.fire(uris.map((uri) => ({ type: vscode.FileChangeType.Changed, uri }))),
    );
    flush = () => created.flush();
    return created;
  });
  const commands = Object.values(commandIds).map((id: CommandId) =>
    vscode.commands.registerCommand(id, async (target: unknown, targets: unknown) =>
      (await app()).run(id, target, targets),
    ),
  );
  const accounts = vscode.authentication.registerAuthenticationProvider(
    authenticationId,
    'Ctrl Hub',
    {
      onDidChangeSessions: accountsChanged.event,
      // VS Code asks at start. Without a profile, the answer does not need the app.
      getSessions: async (scopes) =>
        context.globalState.keys().some(isProfileKey) ? (await app()).accounts.getSessions(scopes) : [],
      createSession: async (scopes) => (await app()).accounts.createSession(scopes),
      removeSession: async (id) => (await app()).accounts.removeSession(id),
    },
    { supportsMultipleAccounts: true },
  );
  const restored = vscode.window.registerWebviewPanelSerializer(contactPanelType, {
    deserializeWebviewPanel: async (window, state: unknown) => (await app()).restore(window, state),
  });
  const review = vscode.window.registerWebviewPanelSerializer(reviewPageType, {
    deserializeWebviewPanel: async (window) => (await app()).restoreReview(window),
  });
  const refuse = (uri: vscode.Uri) => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  // At once: VS Code asks for the texts that were open before a reload.
  const texts = vscode.workspace.registerFileSystemProvider(
    contactsScheme,
    {
      onDidChangeFile: textsChanged.event,
      watch: () => ({ dispose: () => undefined }),
      stat: async (uri) => (await (await app()).texts()).stat(uri),
      readFile: async (uri) => (await (await app()).texts()).readFile(uri),
      writeFile: async (uri, content) => (await (await app()).texts()).writeFile(uri, content),
      readDirectory: () => [],
      createDirectory: refuse,
      delete: refuse,
      rename: refuse,
    },
    { isCaseSensitive: true },
  );
  // VS Code reads no file of a text that it restores with unsaved changes.
  const find = ({ uri }: vscode.TextDocument) => {
    if (uri.scheme === contactsScheme)
      void app()
        .then((loaded) => loaded.texts())
        .catch(() => undefined);
  };
  vscode.workspace.textDocuments.forEach(find);
  const opened = vscode.workspace.onDidOpenTextDocument(find);
  const tools = Object.values(toolIds).map((id) => vscode.lm.registerTool(id, toTool(id, app)));
  const links = vscode.window.registerUriHandler({ handleUri: async (uri) => (await app()).openLink(uri) });
  context.subscriptions.push(
    treeChanged,
    accountsChanged,
    textsChanged,
    texts,
    opened,
    accounts,
    view,
    restored,
    review,
    links,
    ...commands,
    ...tools,
  );
}

/** Writes pending drafts to the disk. */
export async function deactivate(): Promise<void> {
  await flush?.();
}
