/** Creates all services and connects them. This bundle is loaded at the first use of the extension. */

import * as vscode from 'vscode';
import type { ContactRef } from './api/contacts';
import { once } from './base/concurrency';
import { type Disposable, followCurrent } from './base/event';
import { logUnexpected } from './base/log';
import { runtimeWith } from './base/runtime';
import { bundlesOf } from './bundles';
import type { ContactDocuments } from './changes/document/contactDocuments';
import type { Services } from './commands/common/services';
import { handlers } from './commands/handlers';
import { CurrentAccount } from './contacts/accountStores';
import { DraftStore } from './contacts/drafts/draftStore';
import { Drafts } from './contacts/drafts/drafts';
import { InteractionDraftStore } from './contacts/drafts/interactionDraftStore';
import { parseLink } from './contacts/model/contactLink';
import { type AccountsMenu, accountsMenu } from './contributions/accountsMenu';
import { showEnvironment } from './contributions/environmentStatus';
import { followFirstSteps } from './contributions/firstSteps';
import { JsonDocuments } from './contributions/jsonDocuments';
import { type CommandId, commandIds } from './manifest';
import { toLogger } from './platform/log';
import { runCommand } from './platform/runCommand';
import { apiUrl, authUrl, refreshAfterMinutes } from './platform/settings';
import { DraftFiles } from './platform/storage/draftFiles';
import { renewalLock } from './platform/storage/fileLock';
import { listOptionsMemoryOf } from './platform/storage/listOptionsMemory';
import { profilesOf } from './platform/storage/profiles';
import { recentContactsOf } from './platform/storage/recentContacts';
import { reportUnreadable } from './platform/storage/reportUnreadable';
import { sampleDataFlag } from './platform/storage/sampleDataFlag';
import type { ToolCalls } from './platform/toolCalls';
import { SessionStore } from './session/sessionStore';
import { autoRefresh } from './tree/autoRefresh';
import { ContactsTree } from './tree/contactsTree';
import { DraftDecorations } from './tree/draftDecorations';
import { dragContacts, dropContacts } from './tree/dragContacts';
import { focusedNodesOf } from './tree/focusedNodes';
import { type ContactsNode, organisationNode } from './tree/nodes';
import { openMemoryOf } from './tree/openMemory';
import { OpenNodes } from './tree/openNodes';
import { expandOrganisation, revealRow } from './tree/revealRow';
import { revealSelected } from './tree/revealSelected';
import { selectedContact } from './tree/selection';
import { toTreeItem, withTooltip } from './tree/toTreeItem';
import { TreeRefresh } from './tree/treeRefresh';
import { followViewStatus } from './tree/viewStatus';

/** Milliseconds from the rows to the panels' bundle. VS Code has drawn the rows by then. */
const loadAheadAfter = 100;

export interface App extends ToolCalls {
  children(node: ContactsNode | undefined): Promise<ContactsNode[]>;
  treeItem(node: ContactsNode): vscode.TreeItem;
  withTooltip(item: vscode.TreeItem, node: ContactsNode): Promise<vscode.TreeItem>;
  parent(node: ContactsNode): ContactsNode | undefined;
  run(id: CommandId, target: unknown, targets: unknown): Promise<void>;
  openLink(uri: vscode.Uri): Promise<void>;
  restore(window: vscode.WebviewPanel, state: unknown): Promise<void>;
  restoreReview(window: vscode.WebviewPanel): Promise<void>;
  /** The documents that hold contacts as text. */
  texts(): Promise<ContactDocuments>;
  readonly accounts: AccountsMenu;
  /** Adds names and email addresses to a drag operation, one contact a line. */
  drag(nodes: readonly ContactsNode[], dragged: vscode.DataTransfer): void;
  /** Writes pending drafts to the disk. */
  flush(): Promise<void>;
}

export function createApp(
  context: vscode.ExtensionContext,
  secrets: vscode.SecretStorage,
  view: vscode.TreeView<ContactsNode>,
  treeChanged: (node: ContactsNode | undefined) => void,
  accountsChanged: (change: vscode.AuthenticationProviderAuthenticationSessionsChangeEvent) => void,
  textsChanged: (uris: readonly vscode.Uri[]) => void,
): App {
  const channel = vscode.window.createOutputChannel('Ctrl Hub', { log: true });
  const log = { ...toLogger(channel), show: () => channel.show() };
  const runtime = runtimeWith(log);
  const session = new SessionStore({
    secrets,
    profiles: profilesOf(context.globalState),
    lock: renewalLock(context.globalStorageUri.fsPath, log),
    apiUrl,
    authUrl,
    sampleData: sampleDataFlag(context),
    loadSampleApi: async () => (await import('./sandbox/sandbox')).createSandbox({ tour: true }),
    // The lookup happens at each call, because VS Code replaces fetch by one that uses its proxy settings.
    fetch: (input, init) => globalThis.fetch(input, init),
    ...runtime,
  });
  // The secret is on its way while the rest is created. Whoever waits for the session gets the failure.
  session.ready().catch(() => undefined);
  const files = new DraftFiles(context.globalStorageUri.fsPath);
  const interactionFiles = new DraftFiles(context.globalStorageUri.fsPath, 'notes');
  const drafts = new Drafts(
    new DraftStore(files, runtime),
    new InteractionDraftStore(interactionFiles, runtime),
  );
  const data = new CurrentAccount(session, drafts, listOptionsMemoryOf(context.globalState), runtime);
  const open = new OpenNodes(view, openMemoryOf(context.workspaceState));
  const tree = new ContactsTree({ session, data, drafts, open });
  const treeRefresh = new TreeRefresh(data, tree, open);
  const recent = recentContactsOf(context.workspaceState);
  const bundles = bundlesOf({
    context,
    session,
    data,
    drafts,
    recent,
    textsChanged,
    ready: () => ready(),
    clock: runtime.clock,
    log,
  });
  let loadingAhead: Disposable | undefined;
  /** Loads the panels while the user looks at rows, so that the first click on a contact does not wait. */
  const loadAhead = () => {
    if (loadingAhead) return;
    loadingAhead = runtime.clock.after(
      loadAheadAfter,
      () => void bundles.panels().catch((error: unknown) => logUnexpected(log, 'load the panels', error)),
    );
    context.subscriptions.push(loadingAhead);
  };
  const selectAgain = revealSelected(view, open);
  const reveal = async (ref: ContactRef) => {
    const node = await tree.find(ref);
    // A contact that the filter hides, or that is not loaded yet, has no row; its organisation is shown
    // instead.
    await revealRow(view, node ?? organisationNode(ref.organisationId, false));
  };
  // One queue for all keys.
  const focusedNodes = focusedNodesOf(view);
  const services = async (): Promise<Services> => ({
    session,
    data,
    drafts,
    tree,
    treeRefresh,
    panels: await bundles.panels(),
    texts: bundles.texts,
    assistants: bundles.assistants,
    recent,
    log,
    reveal,
    expand: (organisationId) => expandOrganisation(view, open, organisationId),
    selectedContact: () => selectedContact(view),
    selectedNodes: () => view.selection,
    focusedNodes,
    extensionId: context.extension.id,
    extensionUri: context.extensionUri,
    globalStorage: context.globalStorageUri.fsPath,
    clock: runtime.clock,
  });
  const run = (id: CommandId, target?: unknown, targets?: unknown) =>
    runCommand(id, log, async () => {
      await ready();
      await handlers[id](await services(), target, Array.isArray(targets) ? targets : []);
    });
  const accounts = accountsMenu({
    session,
    changed: accountsChanged,
    signIn: () => run(commandIds.signIn),
    signOut: async (origin) => {
      let isOut = false;
      await runCommand(commandIds.signOut, log, async () => {
        await ready();
        isOut = await (await import('./commands/onDemand')).actions.signOutOf(await services(), origin);
      });
      if (!isOut) throw new vscode.CancellationError();
    },
  });
  context.subscriptions.push(
    channel,
    session,
    data,
    files,
    drafts,
    interactionFiles,
    open,
    tree,
    new JsonDocuments(data, drafts.contacts),
    dropContacts(),
    // A row that VS Code has not got yet needs no redraw, which would only discard the first answer.
    tree.onDidChange((node) => hasAnswered && treeChanged(node)),
    accounts,
    showEnvironment(session, commandIds.switchEnvironment),
    followViewStatus(view, { session, data, drafts }),
    followFirstSteps(data, runtime.clock),
    followCurrent(data, (current, changes) => {
      if (current) changes.add(bundles.verifyApplied(current));
    }),
    autoRefresh({ view, data, treeRefresh, oldAfter: refreshAfterMinutes, clock: runtime.clock }),
    vscode.window.registerFileDecorationProvider(new DraftDecorations()),
  );
  let hasAnswered = false;
  /** The request for the first rows needs the session only: drafts are read while it is on its way. */
  const askAhead = async () => {
    await session.ready();
    await data.current?.organisations.ensure();
  };
  const ready = once(async () => {
    await Promise.all([session.ready(), drafts.ready()]);
    await reportUnreadable(drafts.contacts, files);
    await reportUnreadable(drafts.interactions, interactionFiles);
  });
  return {
    children: async (node) => {
      // Its failure is that of the same request below.
      if (node === undefined) askAhead().catch(() => undefined);
      try {
        await ready();
      } finally {
        hasAnswered = true;
      }
      const nodes = await tree.children(node);
      if (nodes.some(({ kind }) => kind === 'contact')) loadAhead();
      void selectAgain(nodes);
      return nodes;
    },
    treeItem: (node) => toTreeItem(node, data.current, drafts, open),
    withTooltip: (item, node) => withTooltip(item, node, data.current, drafts),
    parent: (node) => tree.parent(node),
    run,
    accounts,
    openLink: (uri) =>
      runCommand(commandIds.open, log, async () => {
        await ready();
        await (await import('./commands/onDemand')).actions.openLink(
          await services(),
          parseLink(uri.path, uri.query),
        );
      }),
    restore: async (window, state) => {
      await ready();
      (await bundles.panels()).restore(window, state);
    },
    restoreReview: (window) =>
      runCommand(commandIds.reviewChanges, log, async () => {
        await ready();
        await (await import('./changes/ui/changes')).actions.restoreReview(await services(), window);
      }),
    texts: async () => {
      await ready();
      return (await bundles.texts()).documents;
    },
    prepareTool: async (id, input) => (await bundles.assistants()).prepare(id, input),
    callTool: async (id, input, token) => (await bundles.assistants()).call(id, input, token),
    drag: (nodes, dragged) => dragContacts(nodes, dragged, data.current),
    flush: async () => {
      await Promise.all([drafts.flush(), bundles.flushTexts()]);
    },
  };
}
