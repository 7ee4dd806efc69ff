/** The known state that every host test begins in. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { draftsFolder } from '../../scripts/lib/draftsFolder.mjs';
import { commandIds } from '../../src/manifest';
import { hands } from './hands';
import { run } from './host';
import { until } from './until';

const dialog = '.monaco-dialog-box';
const closable = `.quick-input-widget, .monaco-menu, ${dialog}`;
const openOnes = `[...document.querySelectorAll('${closable}')].filter((one) => one.offsetHeight > 0).length`;

/** Closes what lies over the window, all editors and panels, and puts notifications away. */
export async function closeAll(): Promise<void> {
  await until('nothing over the window', async () => {
    if ((await hands.inWorkbench<number>(openOnes)) === 0) return true;
    await hands.press('Escape');
    return false;
  });
  await run('notifications.clearAll');
  await run('workbench.action.closeAllEditors');
}

/** As a new person's window: signed out, no draft, every setting at its default. Wakes nothing that sleeps. */
export async function reset(): Promise<void> {
  await closeAll();
  const extension = vscode.extensions.getExtension('ctrl-hub-community.contacts');
  if (extension?.isActive) {
    // The first ends sample data, the second the session that it stands in for.
    for (const _ of [1, 2]) await signOut();
    await runAnswering(commandIds.deleteAllDrafts, 'Delete All Drafts');
    // The command is there once the view was.
    await run('ctrlHub.contacts.focus');
    await run('workbench.actions.treeView.ctrlHub.contacts.collapseAll');
    // VS Code draws the tree a moment later, and organisations of another server have the same names.
    await until('a view without rows', async () => (await hands.rows()).length === 0);
  }
  const { properties } = extension?.packageJSON.contributes.configuration ?? {};
  for (const name of [...Object.keys(properties ?? {}), 'files.simpleDialog.enable']) {
    const settings = vscode.workspace.getConfiguration();
    if (settings.inspect(name)?.globalValue === undefined) continue;
    await settings.update(name, undefined, vscode.ConfigurationTarget.Global);
  }
  await vscode.env.clipboard.writeText('');
}

const badge = '.activitybar .action-item:has(a[aria-label^="Ctrl Hub"]) .badge-content';

/**
 * Reverts each draft of the server in its panel, because VS Code shows no question to delete it during tests. The badge
 * of the view counts also those that are not on the disk yet.
 */
export async function revertDrafts(): Promise<void> {
  const url = vscode.workspace.getConfiguration('ctrlHub').get<string>('apiUrl');
  await until('no unsaved contact', async () => {
    for (const { origin, ...ref } of draftsOnDisk()) {
      if (origin !== url) continue;
      await run(commandIds.open, { ref });
      await until('the contact', async () => (await hands.panelText()).includes(ref.contactId));
      await run(commandIds.revert);
    }
    return (await hands.texts(badge)).every((text) => text === '');
  });
  await run('workbench.action.closeAllEditors');
}

interface StoredKey {
  readonly origin: string;
  readonly organisationId: string;
  readonly contactId: string;
}

function draftsOnDisk(): readonly StoredKey[] {
  const profile = process.env.CTRL_HUB_PROFILE;
  if (profile === undefined) return [];
  const folder = draftsFolder(profile);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => name.endsWith('.draft.json'))
    .map((name) => {
      const { origin, organisationId, contactId }: StoredKey = JSON.parse(
        readFileSync(join(folder, name), 'utf8'),
      );
      return { origin, organisationId, contactId };
    });
}

/** Without a question that would wait for its answer. */
export const signOut = () => runAnswering(commandIds.signOut, 'Sign Out and Delete Drafts');

/** Runs a command that may ask a question, or say that there is nothing to do and wait until that is read. */
async function runAnswering(command: string, answer: string): Promise<void> {
  let isOver = false;
  const done = Promise.resolve(run(command)).finally(() => {
    isOver = true;
  });
  await until(`the end of ${command}`, async () => {
    if (!isOver && (await hands.count(dialog)) > 0) await hands.answer(answer);
    else if (!isOver) await run('notifications.clearAll');
    return isOver;
  });
  await done;
}
