import * as vscode from 'vscode';
import { isEmpty } from '../../contacts/drafts/draft';
import { interactionLines } from '../../panel/state/interactionFormState';
import { draftLines } from '../../panel/state/panelState';
import { environmentName, sampleDataLeft } from '../../platform/text/environmentNames';
import { plain } from '../../platform/text/plain';
import { readable, shownName } from '../../platform/text/telephones';
import type { ContactKey } from '../../protocol/contactKey';
import type { CommandHandler, Services } from '../common/services';
import { askToDelete, deleteAllDrafts } from './deleteAllDrafts';

interface Row extends vscode.QuickPickItem {
  readonly key: ContactKey;
}

/** Lists all contacts with unsaved changes, to open, save or discard one or all of them. */
export const showDrafts: CommandHandler = async (services) => {
  const { t } = vscode.l10n;
  const list = vscode.window.createQuickPick<Row>();
  const saveAll = { iconPath: new vscode.ThemeIcon('save-all'), tooltip: t('Save All') };
  const discardAll = { iconPath: new vscode.ThemeIcon('trash'), tooltip: t('Discard All') };
  const save = { iconPath: new vscode.ThemeIcon('save'), tooltip: t('Save') };
  const forget = { iconPath: new vscode.ThemeIcon('discard'), tooltip: t('Discard') };
  list.title = t('Unsaved Contacts');
  list.placeholder = t('Choose a contact to open');
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  const show = () => {
    // Interactions are sent from their own form, which shows the outcome. Other environments are not signed in.
    const canSave = (key: ContactKey) => services.drafts.isEdited(key) && isCurrent(services, key);
    const keys = services.drafts.keys();
    list.items = keys.map((key) => toRow(services, key, canSave(key) ? [save, forget] : [forget]));
    list.buttons = [...(keys.some(canSave) ? [saveAll] : []), ...(keys.length > 0 ? [discardAll] : [])];
    if (list.items.length === 0) list.placeholder = t('There are no unsaved contacts.');
  };
  const saveRows = async (rows: readonly Row[]) => {
    const saves = services.data.current?.saves;
    list.busy = true;
    // Drafts are saved one after another, so that a long list does not cause a burst of requests.
    for (const { key } of rows) if (isCurrent(services, key)) await saves?.save(key);
    list.busy = false;
    show();
  };
  const change = services.drafts.onDidChange(show);
  show();
  await new Promise<void>((resolve) => {
    list.onDidTriggerItemButton(({ item, button }) => {
      if (button === save) void saveRows([item]);
      else void askToDelete(services, [item.key], t('Discard')).then(show);
    });
    list.onDidTriggerButton((button) => {
      if (button === saveAll) void saveRows(list.items);
      else void deleteAllDrafts(services, undefined, []).then(show);
    });
    list.onDidAccept(() => {
      const [row] = list.selectedItems;
      if (row && isCurrent(services, row.key)) services.panels.open(row.key);
      if (row) list.hide();
    });
    list.onDidHide(() => resolve());
    list.show();
  });
  change.dispose();
  list.dispose();
};

const isCurrent = ({ data }: Services, { origin }: ContactKey) => data.current?.account.origin === origin;

function toRow(services: Services, key: ContactKey, buttons: vscode.QuickInputButton[]): Row {
  const { t } = vscode.l10n;
  const draft = services.drafts.contacts.get(key);
  // Another API may have another contact with the same ID.
  const stores = isCurrent(services, key) ? services.data.current : undefined;
  const state = stores?.saves.state(key).kind;
  const trouble = !['idle', 'saving', 'waiting', 'saved'].includes(state ?? 'idle');
  const options = { dateStyle: 'medium', timeStyle: 'short' } as const;
  const since =
    draft && !isEmpty(draft) && new Date(draft.since).toLocaleString(vscode.env.language, options);
  const where = stores
    ? draft?.organisation || stores.organisations.name(key.organisationId)
    : (sampleDataLeft(key.origin) ?? t('{0}: sign in there to open it', environmentName(key.origin)));
  const known = stores?.contacts.summary(key);
  const lines = [...draftLines(draft), ...interactionLines(services.drafts.interactions, key)];
  const typed = lines.map(({ label, value }) => `${label}: ${value}`);
  return {
    key,
    label: plain(readable(draft?.title ?? '') || (known && shownName(known)) || key.contactId),
    description: plain([where, since && t('since {0}', since)].filter(Boolean).join(' · ')),
    detail: plain([...(trouble ? [t('Not saved: open it to see why')] : []), ...typed].join(' · ')),
    buttons,
  };
}
