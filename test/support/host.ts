/** Steps that the host tests share: commands, and a user's actions. */
import * as vscode from 'vscode';
import { commandIds } from '../../src/manifest';
import { hands } from './hands';
import { until } from './until';

export const run = (id: string, ...args: unknown[]) => vscode.commands.executeCommand(id, ...args);

export const setUrl = (url: string | undefined) =>
  vscode.workspace.getConfiguration('ctrlHub').update('apiUrl', url, vscode.ConfigurationTarget.Global);

/** Changes a user setting; undefined restores the default. */
export const setSetting = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration('ctrlHub').update(name, value, vscode.ConfigurationTarget.Global);

/** Waits for the sign-in methods and selects one. */
export async function chooseWay(label: string): Promise<void> {
  await until('the ways to sign in', async () => (await hands.quickInput()).rows.length > 0);
  await hands.pick(label);
}

/** Waits for a step by its placeholder, types into it, and continues. */
export async function answerStep(placeholder: RegExp, text: string): Promise<void> {
  await until(`the step ${placeholder}`, async () =>
    placeholder.test((await hands.quickInput()).placeholder),
  );
  await hands.press('Control+a');
  await hands.type(text);
  await hands.press('Enter');
}

export const rowWith = async (text: string) => (await hands.rows()).find((row) => row.includes(text));

/** Waits until the panel shows this text. */
export const says = (words: RegExp) =>
  until(String(words), async () => {
    const text = await hands.panelText();
    return words.test(text) && text;
  });

/** Signs in with "Session token", as a user does. */
export async function signInWith(token: string): Promise<void> {
  const done = run(commandIds.signIn);
  await enterToken(token);
  await done;
}

export async function enterToken(token: string): Promise<void> {
  await until('the ways to sign in', async () => (await hands.quickInput()).rows.length > 0);
  await hands.pick('Session token');
  await until('the token box', async () => (await hands.quickInput()).inputType === 'password');
  await hands.type(token);
  await hands.press('Enter');
}

/**
 * Waits for an organisation and collapses all rows, because rows that another test expanded would stay
 * expanded.
 */
export async function showOrganisation(name: string): Promise<void> {
  await run('ctrlHub.contacts.focus');
  await until('rows', async () => (await hands.rows()).length > 0);
  await run('workbench.actions.treeView.ctrlHub.contacts.collapseAll');
  await until('the organisation', () => rowWith(name));
}

/** Answers VS Code's own dialog of a file to save; it may write its suggestion again while it looks at folders. */
export async function saveAs(file: string): Promise<void> {
  const value = async () => (await hands.quickInput()).value;
  const ending = file.slice(file.lastIndexOf('.'));
  await until('the dialog', async () => (await value()).endsWith(ending));
  await until('the dialog to close', async () => {
    const now = await value();
    if (now === file) await hands.press('Enter');
    else if (now !== '') {
      await hands.press('Control+a');
      await hands.type(file);
    }
    return now === '';
  });
}

/**
 * Answers VS Code's own dialog of a file to open, which must exist before the dialog. A second Enter would answer the
 * question that follows.
 */
export async function openFile(file: string): Promise<void> {
  const name = file.slice(file.lastIndexOf('/') + 1);
  await until('the dialog', async () => (await hands.quickInput()).value.includes('/'));
  let [before, looks] = ['', 0];
  await until('the dialog to close', async () => {
    const { value } = await hands.quickInput();
    if (!value.includes('/')) return true;
    if (value !== file) {
      await hands.press('Control+a');
      await hands.type(file);
      looks = 0;
      return false;
    }
    // Enter takes the row that is highlighted, or the path without one. VS Code reads the path before it highlights.
    const [highlighted = name] = await hands.texts('.quick-input-list .monaco-list-row.focused');
    const isSteady = highlighted === before && highlighted.includes(name);
    before = highlighted;
    if (isSteady && ++looks % 20 === 5) await hands.press('Enter');
    return false;
  });
}

/** The rows of a quick input once VS Code has done filtering them: two looks give the same. */
export async function filteredRows(): Promise<readonly string[]> {
  let before = '';
  return until('rows that stay', async () => {
    const { rows } = await hands.quickInput();
    const now = rows.join('\n');
    const isSame = rows.length > 0 && now === before;
    before = now;
    return isSame && rows;
  });
}

/** Presses Enter until the box has taken it: VS Code drops the key while it is busy. Not twice for one look. */
export async function enter(isTaken: () => Promise<boolean>): Promise<void> {
  let looks = 0;
  await until('what Enter does', async () => {
    if (await isTaken()) return true;
    if (looks++ % 20 === 0) await hands.press('Enter');
    return false;
  });
}

/** Until a panel takes another look at the server when it is shown: not within a second after a reading. */
export async function mayLookAgain(): Promise<void> {
  const since = performance.now();
  await until('a second', () => performance.now() - since > 1_000);
}
