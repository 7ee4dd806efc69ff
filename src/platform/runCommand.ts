import * as vscode from 'vscode';
import { ApiError } from '../api/http/errors';
import { isAbortError } from '../base/abort';
import { type Logger, logUnexpected } from '../base/log';
import { type CommandId, commandIds } from '../manifest';
import { describeError } from './text/errorMessages';

/**
 * Runs a command's handler. No other function shows error messages. A cancellation is silent, a known error
 * is described, and an unexpected error is logged with its stack and described in short.
 */
export async function runCommand(id: CommandId, log: Logger, handler: () => Promise<unknown>): Promise<void> {
  try {
    await handler();
  } catch (error) {
    if (isAbortError(error) || error instanceof vscode.CancellationError) return;
    if (error instanceof ApiError) log.warn(`${id}: ${error.message}`);
    else logUnexpected(log, id, error);
    const showLog = vscode.l10n.t('Show Log');
    const chosen = await vscode.window.showErrorMessage(describeError(error), showLog);
    if (chosen === showLog) await vscode.commands.executeCommand(commandIds.showLog);
  }
}
