/** The extension itself, once something needs it: the only place that makes services and wires them. */
import * as vscode from 'vscode';
import { handlers } from './commands/handlers';
import type { CommandId } from './commands/ids';
import { CurrentData } from './contacts/accountData';
import { Panels } from './panel/panels';
import { toLogger } from './platform/log';
import { runCommand } from './platform/runCommand';
import { sampleDataFlag } from './platform/sampleDataFlag';
import { apiUrl } from './platform/settings';
import { SessionStore } from './session/sessionStore';
import { ContactsTree } from './tree/contactsTree';
import { followView } from './tree/followView';
import type { ContactsNode } from './tree/nodes';
import { toTreeItem } from './tree/toTreeItem';

export interface App {
  children(node: ContactsNode | undefined): Promise<ContactsNode[]>;
  treeItem(node: ContactsNode): vscode.TreeItem;
  parent(node: ContactsNode): ContactsNode | undefined;
  run(id: CommandId, target: unknown): Promise<void>;
}

export function createApp(
  context: vscode.ExtensionContext,
  view: vscode.TreeView<ContactsNode>,
  treeChanged: (node: ContactsNode | undefined) => void,
): App {
  const channel = vscode.window.createOutputChannel('Ctrl Hub', { log: true });
  const log = { ...toLogger(channel), show: () => channel.show() };
  const session = new SessionStore({
    secrets: context.secrets,
    apiUrl,
    sampleData: sampleDataFlag(context),
    loadSampleApi: async () => (await import('./sandbox/sandbox')).createSandbox(),
    // Looked up at each call: VS Code replaces fetch by one that honours its proxy settings.
    fetch: (input, init) => globalThis.fetch(input, init),
    log,
  });
  const data = new CurrentData(session);
  const tree = new ContactsTree({ session, data });
  const panels = new Panels(context.extensionUri, data, log);
  const services = { session, data, tree, panels, log };
  context.subscriptions.push(
    channel,
    session,
    data,
    tree,
    panels,
    tree.onDidChange(treeChanged),
    followView(view, session, data),
  );
  return {
    children: (node) => tree.children(node),
    treeItem: (node) => toTreeItem(node, data.current),
    parent: (node) => tree.parent(node),
    run: (id, target) => runCommand(id, log, () => handlers[id](services, target)),
  };
}
