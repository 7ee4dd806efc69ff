/**
 * The tools for language models. They read, and they make drafts: no tool saves, applies, deletes, signs in or exports.
 * This is a bundle of its own, because it is off until the user switches it on.
 */
import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../base/event';
import { logUnexpected } from '../base/log';
import type { Services } from '../commands/common/services';
import { fullName } from '../contacts/model/contact';
import { commandIds, type ToolId, toolIds } from '../manifest';
import { assistantSettings } from '../platform/settings';
import { readUserSetting } from '../platform/settingsFile';
import { environmentName } from '../platform/text/environmentNames';
import type { ToolHost } from './access';
import { callTool } from './callTool';
import { confirmationOf } from './confirmation';
import { ReadRecord } from './readRecord';
import { Refused, textOfError } from './refused';
import { readStatus, showRead } from './showRead';

interface Host extends Pick<Services, 'session' | 'data' | 'drafts' | 'texts' | 'log' | 'globalStorage'> {
  /** Waits until it is known who is signed in, and what is unsaved. */
  ready(): Promise<void>;
}

export class Assistants implements Disposable {
  readonly #host: Host;
  readonly #tools: ToolHost;
  readonly #record = new ReadRecord();
  readonly #subscriptions = new DisposableStore();

  constructor(host: Host) {
    this.#host = host;
    const { session, data, drafts, log, globalStorage } = host;
    this.#tools = {
      session,
      data,
      drafts,
      log,
      settings: {
        mode: assistantSettings.mode,
        organisations: () =>
          assistantSettings.organisations(readUserSetting(globalStorage, 'ctrlHub.assistants.organisations')),
      },
      check: async (...args) => {
        const { actions } = await import('../changes/ui/changes');
        return actions.checkList(host, ...args);
      },
      review: () => void vscode.commands.executeCommand(commandIds.reviewChanges, 'keepFocus'),
    };
    this.#subscriptions.add(
      this.#record,
      readStatus(this.#record),
      // Names of contacts end with the account.
      data.onDidChange(() => this.#record.clear()),
    );
  }

  /** Makes the question for the user. Changes nothing and asks nothing of the network, whatever the input is. */
  async prepare(tool: ToolId, input: unknown): Promise<vscode.PreparedToolInvocation> {
    const { session, data, log } = this.#host;
    // The call itself says what is wrong.
    await this.#host.ready().catch((error: unknown) => logUnexpected(log, tool, error));
    const { current } = data;
    const isIn = session.current.kind === 'signedIn' && current !== undefined;
    const question = confirmationOf(tool, input, {
      mode: this.#tools.settings.mode(),
      allowed: this.#tools.settings.organisations(),
      environment: isIn ? environmentName(current.account.origin) : undefined,
      organisation: (id) => current?.organisations.name(id),
      contact: (organisationId, contactId) => {
        const resource = current?.contacts.summary({ organisationId, contactId });
        return resource && fullName(resource);
      },
    });
    return { invocationMessage: invocationText(tool), confirmationMessages: question };
  }

  /** Never throws: VS Code would log the input. */
  async call(
    tool: ToolId,
    input: unknown,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const abort = new AbortController();
    const cancel = token.onCancellationRequested(() => abort.abort());
    if (token.isCancellationRequested) abort.abort();
    const { log } = this.#host;
    try {
      await this.#host.ready();
      const answer = await callTool(this.#tools, tool, input, abort.signal);
      this.#record.add(tool, answer, Date.now());
      return resultOf(answer.text);
    } catch (error) {
      if (!(error instanceof Refused)) logUnexpected(log, tool, error);
      return resultOf(textOfError(error));
    } finally {
      cancel.dispose();
    }
  }

  show(): Promise<void> {
    return showRead(this.#record);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

const resultOf = (text: string) =>
  new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);

function invocationText(tool: ToolId): string {
  const { t } = vscode.l10n;
  switch (tool) {
    case toolIds.findContacts:
      return t('Searching contacts of Ctrl Hub');
    case toolIds.getContact:
      return t('Reading a contact of Ctrl Hub');
    case toolIds.checkContacts:
      return t('Checking contacts of Ctrl Hub');
    case toolIds.proposeChanges:
      return t('Staging proposed changes as drafts');
  }
}
