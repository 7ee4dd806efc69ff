import * as vscode from 'vscode';
import { isAbortError, unlessAborted } from '../../base/abort';
import { logUnexpected } from '../../base/log';
import type { AccountStores } from '../../contacts/accountStores';
import { isRow } from '../../contacts/lists/listRows';
import { displayName } from '../../contacts/model/contact';
import type { Exported, ExportFormat } from '../../exports/exported';
import { defaultFolder } from '../../platform/dialogs/defaultFolder';
import { withCancellableProgress } from '../../platform/dialogs/progress';
import { pickOne } from '../../platform/dialogs/quickPicks';
import { writeFile } from '../../platform/storage/wholeFile';
import { formatNumber, plural } from '../../platform/text/plural';
import { readResources } from '../common/loadContacts';
import { pickScope, type Scope } from '../common/pickScope';
import { readWhole } from '../common/readWhole';
import type { CommandHandler, Services } from '../common/services';

const { t } = vscode.l10n;

/** Asks for the scope, the format and the file, then writes the file completely or not at all. */
export const exportToFile: CommandHandler = async (services, target, targets) => {
  const title = t('Export Contacts');
  const chosen = await pickScope(
    services,
    { title, placeholder: t('What do you want to export?') },
    target,
    targets,
  );
  const format = chosen && (await pickOne(formatRows(), { title, placeholder: t('Format') }));
  if (chosen === undefined || format === undefined) return;
  const { data, scope } = chosen;
  const uri = await askWhere(nameOf(data, scope), format, title);
  if (uri === undefined) return;
  const count = await withCancellableProgress(title, async (signal, say) => {
    const contacts = await collect(data, scope, signal, say);
    if (data !== services.data.current) throw new vscode.CancellationError();
    return (await write(uri, format.format, contacts, signal, services)) ? contacts.length : undefined;
  });
  if (count !== undefined) void tellOf(uri, count, missing(data, scope));
};

/** @param name the name of the contact or the organisation; undefined for several */
async function askWhere(name: string | undefined, { label, ending }: FormatRow, title: string) {
  const { toFileName } = await import('../../exports/exports');
  return vscode.window.showSaveDialog({
    title,
    defaultUri: vscode.Uri.joinPath(defaultFolder(), `${toFileName(name ?? '', t('Contacts'))}.${ending}`),
    filters: { [label]: [ending] },
    saveLabel: t('Export'),
  });
}

/** @returns false if the file could not be written, and a message says so */
async function write(
  uri: vscode.Uri,
  format: ExportFormat,
  contacts: readonly Exported[],
  signal: AbortSignal,
  { log }: Services,
): Promise<boolean> {
  const { exportContacts } = await import('../../exports/exports');
  try {
    await writeFile(uri, exportContacts(format, contacts, signal), signal);
    return true;
  } catch (error) {
    if (isAbortError(error)) throw error;
    logUnexpected(log, 'export', error);
    void vscode.window.showWarningMessage(
      t(
        'The file could not be written, and nothing was exported. Choose another folder or check the free space.',
      ),
    );
    return false;
  }
}

/** @param missing sentences about contacts that may be missing in the file */
async function tellOf(uri: vscode.Uri, count: number, missing: readonly string[]): Promise<void> {
  const forms = t('one: 1 contact was exported. | other: {0} contacts were exported.', formatNumber(count));
  const open = t('Open File');
  const message = [plural(forms, count), ...missing].join(' ');
  const chosen =
    missing.length > 0
      ? await vscode.window.showWarningMessage(message, open)
      : await vscode.window.showInformationMessage(message, open);
  if (chosen === open) await vscode.commands.executeCommand('vscode.open', uri);
}

interface FormatRow extends vscode.QuickPickItem {
  readonly format: ExportFormat;
  readonly ending: string;
}

const formatRows = (): FormatRow[] => [
  { label: 'vCard 4.0', detail: t('For address books'), format: 'vcard4', ending: 'vcf' },
  { label: 'vCard 3.0', detail: t('For older address books'), format: 'vcard3', ending: 'vcf' },
  ...(hasDecimalComma() ? [semicolonRow()] : []),
  {
    label: hasDecimalComma() ? t('CSV, commas') : 'CSV',
    detail: t('For spreadsheets. Text that a spreadsheet would change gets an apostrophe in front'),
    format: 'csv',
    ending: 'csv',
  },
  {
    label: t('CSV, raw values'),
    detail: t('For programs. Every value as it is: a spreadsheet may change some, or run them as formulas'),
    format: 'rawCsv',
    ending: 'csv',
  },
  {
    label: 'JSON',
    detail: t('All data, exactly as Ctrl Hub sent it'),
    format: 'json',
    ending: 'json',
  },
];

const semicolonRow = (): FormatRow => ({
  label: t('CSV, semicolons'),
  detail: t('For spreadsheets in your language. Text that they would change gets an apostrophe in front'),
  format: 'semicolonCsv',
  ending: 'csv',
});

/** In countries with a decimal comma, spreadsheets expect semicolons in CSV files. */
const hasDecimalComma = () =>
  new Intl.NumberFormat(vscode.env.language).formatToParts(1.5).some(({ value }) => value === ',');

function nameOf({ contacts, organisations }: AccountStores, scope: Scope): string | undefined {
  if (scope.kind === 'contacts') {
    const [only, ...others] = scope.refs;
    const resource = only && others.length === 0 ? contacts.summary(only) : undefined;
    return resource && displayName(resource);
  }
  const [only, ...others] = scope.organisationIds;
  return only !== undefined && others.length === 0 ? organisations.name(only) : undefined;
}

async function collect(
  data: AccountStores,
  scope: Scope,
  signal: AbortSignal,
  say: (message: string) => void,
): Promise<readonly Exported[]> {
  const { arranged, contacts, organisations } = data;
  const exported = (resource: Exported['resource'], organisationId: string): Exported => ({
    resource,
    organisationId,
    organisation: organisations.name(organisationId) ?? '',
    organisationType: isRow(resource) ? organisations.find(organisationId)?.type : undefined,
  });
  await unlessAborted(signal, organisations.ensure());
  if (scope.kind === 'contacts') {
    const resources = await readResources(data, scope.refs, signal);
    return resources.map((resource, n) => exported(resource, scope.refs[n]?.organisationId ?? ''));
  }
  await readWhole(data, scope.organisationIds, signal, say);
  const all: Exported[] = [];
  for (const organisationId of scope.organisationIds) {
    const ids =
      scope.kind === 'shown' ? await arranged.rows(organisationId) : contacts.list(organisationId).ids;
    for (const contactId of ids) {
      const resource = contacts.summary({ organisationId, contactId });
      if (resource) all.push(exported(resource, organisationId));
    }
  }
  return all;
}

function missing({ contacts, organisations }: AccountStores, scope: Scope): readonly string[] {
  if (scope.kind === 'contacts') return [];
  const lists = scope.organisationIds.map((id) => contacts.list(id));
  const ofAll = lists.length > 1 ? organisations.list.unreadable : 0;
  const unread = lists.reduce((sum, { unreadable }) => sum + unreadable, ofAll);
  const forms = t(
    'one: 1 row could not be read and is not in the file. | other: {0} rows could not be read and are not in the file.',
    formatNumber(unread),
  );
  // Contacts were added, deleted or moved during the read, and a second read was not consistent either.
  const changed = t('The list changed while it was read, and contacts may be missing. Export it again.');
  return [
    ...(unread > 0 ? [plural(forms, unread)] : []),
    ...(lists.some(({ outdated }) => outdated) ? [changed] : []),
  ];
}
