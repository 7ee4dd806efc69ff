import * as vscode from 'vscode';
import { type Clock, systemClock } from '../../base/clock';

/** Shows a busy QuickPick while work runs. The user can close it. */
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

/** The maximum milliseconds until the next box appears. */
const grace = 300;

/**
 * Closes a finished box after the next one has replaced it, or if none comes. Between two boxes, VS Code
 * would return the focus to the editor behind them, and the user would type a password into a contact's
 * field.
 */
export function leaveSoon(box: vscode.QuickInput): void {
  setTimeout(() => box.hide(), grace);
}

/**
 * Lets the user choose one item.
 * @returns undefined if the user cancels
 */
export async function pickOne<T extends vscode.QuickPickItem>(
  items: readonly T[],
  texts: { readonly title: string; readonly placeholder: string },
): Promise<T | undefined> {
  return (await pickRow(items, texts))?.item;
}

/**
 * Lets the user choose one item, by itself or by its button.
 * @returns undefined if the user cancels
 */
export function pickRow<T extends vscode.QuickPickItem>(
  items: readonly T[],
  texts: { readonly title: string; readonly placeholder: string },
): Promise<{ readonly item: T; readonly isByButton: boolean } | undefined> {
  const box = vscode.window.createQuickPick<T>();
  Object.assign(box, { ...texts, items });
  return new Promise((resolve) => {
    box.onDidAccept(() => {
      const [chosen] = box.selectedItems;
      if (chosen === undefined) return;
      resolve({ item: chosen, isByButton: false });
      leaveSoon(box);
    });
    box.onDidTriggerItemButton(({ item }) => {
      resolve({ item, isByButton: true });
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
 * Lets the user tick any number of items, none at first.
 * @returns undefined if the user cancels
 */
export function pickMany<T extends vscode.QuickPickItem>(
  items: readonly T[],
  texts: { readonly title: string; readonly placeholder: string },
): Promise<readonly T[] | undefined> {
  const box = vscode.window.createQuickPick<T>();
  Object.assign(box, {
    ...texts,
    items,
    canSelectMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return new Promise((resolve) => {
    box.onDidAccept(() => {
      resolve(box.selectedItems);
      leaveSoon(box);
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

/** Creates a box for `SearchBox`, which finds the rows and puts them in order. */
export function createSearchPick<T extends vscode.QuickPickItem>(placeholder: string): vscode.QuickPick<T> {
  const box = vscode.window.createQuickPick<T>();
  box.placeholder = placeholder;
  box.matchOnDescription = true;
  // VS Code must not sort the rows by its own match. Its declarations lack the property.
  if ('sortByLabel' in box) box.sortByLabel = false;
  return box;
}

/**
 * Resolves when VS Code's window has drawn all earlier changes of a box, and all earlier keys have arrived
 * here. Messages between the two processes stay in order, and VS Code sends the changes of a box with a
 * timer.
 */
export async function drawn(clock: Clock = systemClock): Promise<void> {
  await new Promise<void>((resolve) => clock.after(1, resolve));
  await vscode.languages.getLanguages();
}
