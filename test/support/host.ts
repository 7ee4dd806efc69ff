/** What the host tests do again and again, through commands and a person's hands. */
import * as vscode from 'vscode';
import { commandIds } from '../../src/manifest';
import { hands } from './hands';
import { until } from './until';

export const run = (id: string, ...args: unknown[]) => vscode.commands.executeCommand(id, ...args);

export const setUrl = (url: string | undefined) =>
  vscode.workspace.getConfiguration('ctrlHub').update('apiUrl', url, vscode.ConfigurationTarget.Global);

/** Any setting of the person's own; undefined for its default. */
export const setSetting = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration('ctrlHub').update(name, value, vscode.ConfigurationTarget.Global);

/** Waits for the way to sign in, and takes it. */
export async function chooseWay(label: string): Promise<void> {
  await until('the ways to sign in', async () => (await hands.quickInput()).rows.length > 0);
  await hands.pick(label);
}

/** Waits for a step by its placeholder, types into it, and goes on. */
export async function answerStep(placeholder: RegExp, text: string): Promise<void> {
  await until(`the step ${placeholder}`, async () =>
    placeholder.test((await hands.quickInput()).placeholder),
  );
  await hands.press('Control+a');
  await hands.type(text);
  await hands.press('Enter');
}

export const rowWith = async (text: string) => (await hands.rows()).find((row) => row.includes(text));

/** Waits until the panel says so. */
export const says = (words: RegExp) =>
  until(String(words), async () => {
    const text = await hands.panelText();
    return words.test(text) && text;
  });

/** Through "Session token", as a person does. */
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

/** Waits for an organisation, with nothing open: what another test opened would be open again. */
export async function showOrganisation(name: string): Promise<void> {
  await run('ctrlHub.contacts.focus');
  await until('rows', async () => (await hands.rows()).length > 0);
  await run('workbench.actions.treeView.ctrlHub.contacts.collapseAll');
  await until('the organisation', () => rowWith(name));
}
