/** Says in the status bar that assistants read contacts in this window, and shows which. */
import * as vscode from 'vscode';
import { DisposableStore } from '../base/event';
import { commandIds, type ToolId, toolIds } from '../manifest';
import { pickOne } from '../platform/dialogs/quickPicks';
import { assistantSettings } from '../platform/settings';
import { plain } from '../platform/text/plain';
import { contactCount, formatNumber, plural } from '../platform/text/plural';
import { fieldList } from './confirmation';
import type { ReadEntry, ReadRecord } from './readRecord';

const { t } = vscode.l10n;

/** Shows the item as long as there is something to show. */
export function readStatus(record: ReadRecord): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('ctrlHub.assistants', vscode.StatusBarAlignment.Left, -101);
  item.name = t('Ctrl Hub assistants');
  item.command = commandIds.showAssistants;
  const show = () => {
    const { count, entries } = record;
    if (entries.length === 0) return item.hide();
    const read = plural(
      t('one: Assistant read 1 contact | other: Assistant read {0} contacts', formatNumber(count)),
      count,
    );
    item.text = `$(eye) ${count === 0 ? t('Assistant proposed changes') : read}`;
    item.tooltip = t(
      'In this window. Select to see which contacts and fields, and to switch assistants off.',
    );
    item.accessibilityInformation = { label: `${item.text.replace('$(eye) ', '')}. ${item.tooltip}` };
    item.show();
  };
  const all = new DisposableStore();
  all.add(item, record.onDidChange(show));
  return all;
}

interface Row extends vscode.QuickPickItem {
  readonly entry?: ReadEntry;
  readonly isOff?: true;
}

/** Lists the calls, the newest first. */
export async function showRead(record: ReadRecord): Promise<void> {
  const isOn = assistantSettings.mode() !== 'off';
  const off: Row = {
    label: `$(circle-slash) ${t('Switch Assistants Off')}`,
    detail: t('Language models can no longer read contacts or propose changes. Drafts stay.'),
    isOff: true,
  };
  const rows = record.entries.map((entry): Row => ({ ...rowOf(entry), entry }));
  if (rows.length === 0 && !isOn) {
    await vscode.window.showInformationMessage(
      t('No assistant has read contacts in this window, and assistants are switched off.'),
    );
    return;
  }
  const chosen = await pickOne([...rows, ...(isOn ? [off] : [])], {
    title: t('What Assistants Read'),
    placeholder:
      rows.length === 0
        ? t('No assistant has read contacts in this window')
        : t('Choose a call to see its contacts'),
  });
  if (chosen?.isOff) {
    await assistantSettings.switchOff();
    void vscode.window.showInformationMessage(t('Assistants are switched off.'));
  } else if (chosen?.entry) await showContacts(chosen.entry);
}

const icons: Readonly<Record<ToolId, string>> = {
  [toolIds.findContacts]: 'search',
  [toolIds.getContact]: 'account',
  [toolIds.checkContacts]: 'checklist',
  [toolIds.proposeChanges]: 'edit',
};

function nameOf(tool: ToolId): string {
  switch (tool) {
    case toolIds.findContacts:
      return t('Searched contacts');
    case toolIds.getContact:
      return t('Read a contact');
    case toolIds.checkContacts:
      return t('Checked contacts');
    case toolIds.proposeChanges:
      return t('Proposed changes');
  }
}

function rowOf(entry: ReadEntry): vscode.QuickPickItem {
  const { tool, at, organisation, contacts } = entry;
  const time = new Date(at).toLocaleTimeString(vscode.env.language, { timeStyle: 'medium' });
  return {
    label: `$(${icons[tool]}) ${nameOf(tool)}`,
    description: [contactCount(contacts.length), fieldList(entry.fields), time].join(' · '),
    detail: plain([organisation, ...contacts.slice(0, 5).map(({ id, name }) => name || id)].join(' · ')),
  };
}

async function showContacts(entry: ReadEntry): Promise<void> {
  const { organisationId, contacts } = entry;
  const rows = contacts.map(({ id, name }) => ({ label: plain(name || id), description: plain(id), id }));
  const texts = {
    title: `${nameOf(entry.tool)} · ${fieldList(entry.fields)}`,
    placeholder: t('Choose a contact to open'),
  };
  const chosen = await pickOne(rows, texts);
  if (chosen)
    await vscode.commands.executeCommand(commandIds.open, { ref: { organisationId, contactId: chosen.id } });
}
