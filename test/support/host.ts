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
