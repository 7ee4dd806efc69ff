/** Makes a tree item of a node. All server text is a plain string: never Markdown, never an icon. */

import * as vscode from 'vscode';
import type { Resource } from '../api/http/document';
import { toLine } from '../base/text';
import type { AccountStores } from '../contacts/accountStores';
import { proposedFields } from '../contacts/drafts/draft';
import type { Drafts } from '../contacts/drafts/drafts';
import { fullName, textOf } from '../contacts/model/contact';
import { emailLine, telephoneLine } from '../contacts/model/contactText';
import { toMailto } from '../contacts/model/contactUris';
import { matchesIn } from '../contacts/model/fold';
import { telephonesIn } from '../contacts/model/telephoneText';
import { commandIds } from '../manifest';
import { describeError, wordsOf } from '../platform/text/errorMessages';
import { fieldLabels, namesOf, proposedText } from '../platform/text/labels';
import { formatNumber, plural, unreadableRows } from '../platform/text/plural';
import { loadPlans, needsPlans, readable, shownName } from '../platform/text/telephones';
import { keyAt } from '../protocol/contactKey';
import type { FieldName } from '../protocol/fields';
import { countOf } from './counts';
import { draftUri } from './draftDecorations';
import type {
  ContactNode,
  ContactsNode,
  EmptyNode,
  FailureNode,
  GroupNode,
  MoreNode,
  OrganisationNode,
  UnreadableNode,
} from './nodes';
import type { OpenNodes } from './openNodes';

const { t } = vscode.l10n;

export function toTreeItem(
  node: ContactsNode,
  data: AccountStores | undefined,
  drafts: Drafts,
  open: OpenNodes,
): vscode.TreeItem {
  const item = draw(node, data);
  const expanded = open.isExpanded(node.id);
  const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  if (expanded !== undefined && (item.collapsibleState ?? None) !== None)
    item.collapsibleState = expanded ? Expanded : Collapsed;
  if (data !== undefined) markUnsaved(item, node, data, drafts);
  item.id = node.id;
  item.contextValue = wordsFor(node, data, drafts);
  return item;
}

/** The words of `contextValue`, which menus test in `when`: the kind first, then the available actions. */
function wordsFor(node: ContactsNode, data: AccountStores | undefined, drafts: Drafts): string {
  const filtered =
    node.kind === 'organisation' && data?.arranged.options(node.organisationId).filter && 'filtered';
  const resource = node.kind === 'contact' && data?.contacts.summary(node.ref);
  const [email, telephone] = resource ? [emailLine(resource), telephoneLine(resource)] : ['', ''];
  const words = [
    node.kind,
    filtered,
    email && 'email',
    email && toMailto(email) && 'mail',
    telephone && 'telephone',
    resource && telephonesIn(textOf(resource, 'telephone')).length > 0 && 'call',
    resource && drafts.isEdited(keyAt(data?.account.origin ?? '', node.ref)) && 'edited',
  ];
  return words.filter(Boolean).join(' ');
}

/** Adds a contact's tooltip, which VS Code requests when the pointer is over the row. */
export async function withTooltip(
  item: vscode.TreeItem,
  node: ContactsNode,
  data: AccountStores | undefined,
  drafts: Drafts,
): Promise<vscode.TreeItem> {
  if (node.kind !== 'contact') return item;
  const resource = data?.contacts.summary(node.ref);
  if (resource !== undefined) {
    if (needsPlans(toLine(textOf(resource, 'telephone')))) await loadPlans();
    const key = keyAt(data?.account.origin ?? '', node.ref);
    item.tooltip = tooltipOf(resource, proposedFields(drafts.contacts.get(key)));
  }
  return item;
}

/**
 * Marks a contact with unsaved changes in words and with a decoration, and counts them in its organisation's
 * row.
 */
function markUnsaved(item: vscode.TreeItem, node: ContactsNode, data: AccountStores, drafts: Drafts): void {
  const { origin } = data.account;
  if (node.kind === 'organisation') {
    const mine = drafts
      .keys()
      .filter((key) => key.origin === origin && key.organisationId === node.organisationId);
    if (mine.length === 0) return;
    const count = plural(t('one: {0} unsaved | other: {0} unsaved', formatNumber(mine.length)), mine.length);
    // First, as in a contact's row: a narrow view cuts off the end, where the order of the list is.
    item.description = [count, item.description].filter(Boolean).join(' · ');
    speak(item, [count]);
  }
  if (node.kind !== 'contact') return;
  const key = keyAt(origin, node.ref);
  if (!drafts.has(key)) return;
  const isProposed = proposedFields(drafts.contacts.get(key)).length > 0;
  const proposed = isProposed && proposedText();
  item.description = [t('Unsaved'), proposed, item.description].filter(Boolean).join(' · ');
  item.resourceUri = draftUri(key);
  speak(item, [t('unsaved changes'), proposed]);
}

function draw(node: ContactsNode, data: AccountStores | undefined): vscode.TreeItem {
  switch (node.kind) {
    case 'organisation':
      return drawOrganisation(node, data);
    case 'group':
      return drawGroup(node, data);
    case 'contact':
      return drawContact(node, data);
    case 'more':
      return drawMore(node, data);
    case 'empty':
      return drawEmpty(node, data);
    case 'failure':
      return drawFailure(node);
    case 'unreadable':
      return drawUnreadable(node);
    case 'expired': {
      const label = t('Your session has ended: sign in again');
      const item = withIcon(new vscode.TreeItem(label), 'warning');
      return enter(item, [label, t('Press Enter to sign in.')], commandIds.signIn);
    }
  }
}

function drawEmpty({ organisationId }: EmptyNode, data: AccountStores | undefined) {
  const filter = data?.arranged.options(organisationId).filter ?? '';
  const [label, icon, action, spoken, command] =
    filter === ''
      ? [t('No contacts'), 'info', t('refresh'), t('Press Enter to refresh.'), commandIds.refresh]
      : [
          t('No contact matches “{0}”', toLine(filter)),
          'filter',
          t('show all'),
          t('Press Enter to show all.'),
          commandIds.clearRowFilter,
        ];
  const item = withIcon(new vscode.TreeItem(label), icon);
  item.description = action;
  return enter(item, [label, spoken], command, organisationId);
}

function drawOrganisation({ organisationId, only }: OrganisationNode, data: AccountStores | undefined) {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const name = toLine(data?.organisations.name(organisationId) ?? organisationId);
  const item = withIcon(new vscode.TreeItem(name, only ? Expanded : Collapsed), 'organization');
  if (data === undefined) return item;
  item.description = countOf(data, organisationId);
  return speak(item, [name, countOf(data, organisationId, true)]);
}

function drawGroup({ organisationId, initial, from, to }: GroupNode, data: AccountStores | undefined) {
  const range = t('{0} to {1}', formatNumber(from), formatNumber(to));
  const count = to - from + 1;
  const all = data?.contacts.list(organisationId).ids.length ?? 0;
  const total = formatNumber(count);
  const label = initial === undefined ? range : initial === '' ? t('Without') : initial;
  const item = new vscode.TreeItem(toLine(label), vscode.TreeItemCollapsibleState.Collapsed);
  item.description = initial === undefined ? '' : total;
  item.tooltip = plural(
    t('one: {0} of {1} contact | other: {0} of {1} contacts', total, formatNumber(all)),
    all,
  );
  const contacts = plural(t('one: 1 contact | other: {0} contacts', total), count);
  return speak(item, [label, contacts]);
}

function drawContact(node: ContactNode, data: AccountStores | undefined) {
  const resource = data?.contacts.summary(node.ref);
  if (resource === undefined) return new vscode.TreeItem(toLine(node.ref.contactId));
  const name = shownName(resource);
  const email = toLine(textOf(resource, 'email'));
  const filter = data?.arranged.options(node.ref.organisationId).filter ?? '';
  const highlights = matchesIn(name, filter).map(([from, to]): [number, number] => [from, to]);
  const item = withIcon(new vscode.TreeItem({ label: name, highlights }), 'account');
  if (email !== '' && email !== name) item.description = email;
  item.command = { command: commandIds.openRow, title: t('Open Contact') };
  return speak(item, [name, item.description]);
}

function tooltipOf(resource: Resource, proposed: readonly FieldName[]): string {
  const fields = (['email', 'telephone'] as const).map((name) => [
    fieldLabels()[name],
    readable(toLine(textOf(resource, name))),
  ]);
  return [
    toLine(fullName(resource) || t('No name')),
    ...fields.map(([label, value]) => `${label}: ${value || '–'}`),
    t('ID: {0}', toLine(resource.id)),
    ...(proposed.length > 0 ? [`${proposedText()}: ${namesOf(proposed)}`] : []),
  ].join('\n');
}

function drawMore({ organisationId }: MoreNode, data: AccountStores | undefined) {
  const item = withIcon(new vscode.TreeItem(t('Load more…')), 'ellipsis');
  const { ids, total } = data?.contacts.list(organisationId) ?? { ids: [], total: undefined };
  const shown = formatNumber(ids.length);
  if (total !== undefined && data?.arranged.needsAll(organisationId))
    item.description = t('{0} of {1} read', shown, formatNumber(total));
  else
    item.description =
      total === undefined ? t('{0} shown', shown) : t('{0} of {1} shown', shown, formatNumber(total));
  const spoken = [item.description, t('Press Enter to load more.')] as const;
  return enter(item, spoken, commandIds.loadMore, organisationId);
}

function drawFailure({ error, organisationId }: FailureNode) {
  // The first sentence describes the failure, and the rest advises; a narrow side bar has room for one of
  // them.
  const all = describeError(error);
  const again = t('Press Enter to try again.');
  const [what = '', ...advice] = all.split(/(?<=\.) /);
  const item = withIcon(new vscode.TreeItem(what), 'error');
  item.description = advice.join(' ');
  const trace = error.traceId === undefined ? [] : [t('Trace ID: {0}', toLine(error.traceId))];
  item.tooltip = [all, ...error.problems.map(wordsOf), ...trace, again].join('\n');
  return enter(item, [all, again], commandIds.retry, organisationId);
}

function drawUnreadable({ count, organisationId }: UnreadableNode) {
  const label = unreadableRows(count);
  const item = withIcon(new vscode.TreeItem(label), 'warning');
  const log = t('Press Enter to open the log.');
  item.tooltip = [label, log].join('\n');
  return enter(item, [label, log], commandIds.showLog, organisationId);
}

type Spoken = string | boolean | undefined;

/** Appends to the label that a screen reader reads. */
function speak(item: vscode.TreeItem, parts: readonly Spoken[]): vscode.TreeItem {
  const label = [item.accessibilityInformation?.label, ...parts].filter(Boolean).join(', ');
  item.accessibilityInformation = { label };
  return item;
}

/** Sets the command of a row without a contact, and describes it to a screen reader as a sentence. */
function enter(
  item: vscode.TreeItem,
  [label, action]: readonly [Spoken, string],
  command: string,
  organisationId?: string,
): vscode.TreeItem {
  item.command = { command, title: action, arguments: [{ organisationId }] };
  return speak(item, [`${label}`.replace(/\.?$/, `. ${action}`)]);
}

function withIcon(item: vscode.TreeItem, icon: string): vscode.TreeItem {
  item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}
