import * as vscode from 'vscode';
import { type Clock, systemClock } from '../../base/clock';

/**
 * Resolves when VS Code's window has drawn what was set in a box before, and each key that was pressed before that
 * has arrived here: messages between the two processes stay in order, and a box's changes are sent with a timer.
 */
export async function drawn(clock: Clock = systemClock): Promise<void> {
  await new Promise<void>((resolve) => clock.after(1, resolve));
  await vscode.languages.getLanguages();
}
