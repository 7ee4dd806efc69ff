/** Loads the bundles that a window needs late or never: panels, texts, assistants, and the check after an Apply. */
import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { pause } from './base/abort';
import { once } from './base/concurrency';
import type { Disposable } from './base/event';
import { logUnexpected } from './base/log';
import type { ContactDocuments } from './changes/document/contactDocuments';
import type { Services } from './commands/common/services';
import type { AccountStores } from './contacts/accountStores';
import { hasApplied } from './platform/storage/appliedFolder';

/** Milliseconds until the next look at an Apply of another window. */
const applyingElsewhere = 5_000;

interface Host extends Pick<Services, 'session' | 'data' | 'drafts' | 'recent' | 'log' | 'clock'> {
  readonly context: vscode.ExtensionContext;
  /** Tells VS Code to reload these documents. */
  textsChanged(uris: readonly vscode.Uri[]): void;
  /** Waits until it is known who is signed in, and what is unsaved. */
  ready(): Promise<void>;
}

/** Names this window, the same after a reload. */
const windowKey = 'ctrlHub.window';

/** Each of them is loaded once, at its first use. */
export function bundlesOf(host: Host) {
  const { context, session, data, drafts, recent, log, clock, ready } = host;
  const { subscriptions, extensionUri, globalState, workspaceState } = context;
  const globalStorage = context.globalStorageUri.fsPath;
  const panels = once(async () => {
    const { Panels } = await import('./panel/panels');
    const made = new Panels({
      extensionUri,
      session,
      data,
      drafts: drafts.contacts,
      interactionDrafts: drafts.interactions,
      log,
      clock,
      opened: recent.add,
    });
    subscriptions.push(made);
    return made;
  });
  let documents: ContactDocuments | undefined;
  const texts = once(async () => {
    const { startTexts } = await import('./changes/ui/changes');
    const window = workspaceState.get<string>(windowKey) ?? randomUUID();
    await workspaceState.update(windowKey, window);
    const started = startTexts(globalStorage, {
      data,
      drafts: drafts.contacts,
      changed: host.textsChanged,
      subscriptions,
      globalState,
      clock,
      log,
      window,
    });
    documents = started.documents;
    return started;
  });
  const assistants = once(async () => {
    // Whoever calls a tool is not told of the error.
    const { Assistants } = await import('./assistants/assistants').catch((error: unknown) => {
      logUnexpected(log, 'load the tools for assistants', error);
      throw error;
    });
    const made = new Assistants({ session, data, drafts, texts, log, globalStorage, ready });
    subscriptions.push(made);
    return made;
  });
  return {
    /** The tree works without panels, and every command that opens one waits for this. */
    panels,
    texts,
    assistants,
    /** Writes texts to the disk, if there are any. */
    flushTexts: async () => documents?.flush(),
    /**
     * Looks at what was applied on this computer, because an Apply may have been interrupted, here or in another window.
     * That is rare, so nothing is loaded for it before.
     */
    verifyApplied(current: AccountStores): Disposable {
      const abort = new AbortController();
      const verify = async () => {
        if (!(await hasApplied(globalStorage))) return;
        await ready();
        const { actions } = await import('./changes/ui/changes');
        const { signal } = abort;
        while (!(await actions.verifyApplied({ globalStorage, clock, log, drafts }, current, signal)))
          await pause(applyingElsewhere, signal, clock);
      };
      verify().catch((error: unknown) => {
        if (!abort.signal.aborted) logUnexpected(log, 'verify applied changes', error);
      });
      return { dispose: () => abort.abort() };
    },
  };
}
