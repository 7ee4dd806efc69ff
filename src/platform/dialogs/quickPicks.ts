import * as vscode from 'vscode';
import { type Clock, systemClock } from '../../base/clock';

/** A QuickPick that shows that it is waiting, and can be closed meanwhile. */
export async function whileBusy<T>(title: string, work: Promise<T>): Promise<T> {
  const waiting = vscode.window.createQuickPick();
  waiting.title = title;
  waiting.placeholder = vscode.l10n.t('Loading…');
  waiting.busy = true;
  const closed = new Promise<never>((_, reject) => {
    waiting.onDidHide(() => reject(new vscode.CancellationError()));
  });
  waiting.show();
  try {
    return await Promise.race([work, closed]);
  } finally {
    closed.catch(() => undefined);
    waiting.onDidHide(() => waiting.dispose());
    leaveSoon(waiting);
  }
}

/** Milliseconds that the next box may take to come. */
const grace = 300;

/**
 * Closes a box that is done with as soon as the next one stands in its place, or none came. Between two, VS Code
 * would give the focus back to what is behind them: a password would be typed into a contact's field.
 */
export function leaveSoon(box: vscode.QuickInput): void {
  setTimeout(() => box.hide(), grace);
}

/** One of several; undefined when the person gave up. */
export function pickOne<T extends vscode.QuickPickItem>(
  items: readonly T[],
  texts: { readonly title: string; readonly placeholder: string },
): Promise<T | undefined> {
  const box = vscode.window.createQuickPick<T>();
  Object.assign(box, { ...texts, items });
  return new Promise((resolve) => {
    box.onDidAccept(() => {
      const [chosen] = box.selectedItems;
      if (chosen === undefined) return;
      resolve(chosen);
      leaveSoon(box);
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

/**
 * Resolves when VS Code's window has drawn what was set in a box before, and each key that was pressed before that
 * has arrived here: messages between the two processes stay in order, and a box's changes are sent with a timer.
 */
export async function drawn(clock: Clock = systemClock): Promise<void> {
  await new Promise<void>((resolve) => clock.after(1, resolve));
  await vscode.languages.getLanguages();
}
