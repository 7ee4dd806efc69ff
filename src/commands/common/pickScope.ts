/**
 * Lets the user choose the contacts of a command: rows, the panel's contact, a list as shown, or whole lists.
 */

import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import type { AccountStores } from '../../contacts/accountStores';
import { keyOf } from '../../contacts/model/contact';
import { pickOne, whileBusy } from '../../platform/dialogs/quickPicks';
import { plain } from '../../platform/text/plain';
import { formatNumber, plural } from '../../platform/text/plural';
import { shownName } from '../../platform/text/telephones';
import { idIfShared, pickOrganisations } from './pickOrganisations';
import type { Services } from './services';
import { contactOf, groupIdOf, organisationIdOf } from './target';

export type Scope =
  | { readonly kind: 'contacts'; readonly refs: readonly ContactRef[] }
  /** The rows that the tree shows, filtered and sorted. */
  | { readonly kind: 'shown'; readonly organisationIds: readonly [string] }
  | { readonly kind: 'all'; readonly organisationIds: readonly string[] };

type Row = vscode.QuickPickItem & { readonly scope: Scope };

export async function pickScope(
  services: Services,
  { title, placeholder }: { readonly title: string; readonly placeholder: string },
  target: unknown,
  targets: readonly unknown[],
): Promise<{ readonly data: AccountStores; readonly scope: Scope } | undefined> {
  const refs = contactsIn(services, targets.length > 0 ? targets : [target]);
  const { current } = services.data;
  if (refs.length > 0) return current && { data: current, scope: { kind: 'contacts', refs } };
  const chosen = await pickOrganisations(services, title, target);
  if (chosen === undefined) return undefined;
  const { data } = chosen;
  const selected = [...new Set(targets.flatMap((node) => organisationIdOf(node) ?? []))];
  const organisationIds = selected.length > 1 ? selected : chosen.organisationIds;
  await whileBusy(title, data.organisations.ensure());
  const lists = organisationIds.flatMap((id) => listRows(data, id));
  const rows = organisationIdOf(target) === undefined ? [...nearRows(services, data), ...lists] : lists;
  if (organisationIds.length > 1 && organisationIds !== selected) rows.push(everything(organisationIds));
  const row = rows.length === 1 ? rows[0] : await pickOne(rows, { title, placeholder });
  return row && { data, scope: row.scope };
}

/** Returns the contacts of rows and of groups of rows, each once. */
function contactsIn({ tree }: Services, nodes: readonly unknown[]): readonly ContactRef[] {
  const refs = nodes.flatMap((node) => contactOf(node) ?? tree.contactsInGroup(groupIdOf(node)));
  return [...new Map(refs.map((ref) => [keyOf(ref), ref])).values()];
}

/** Offers the panel's contact and the selected rows. */
function nearRows(services: Services, { contacts }: AccountStores): Row[] {
  const { panels, selectedNodes } = services;
  const rows: Row[] = [];
  const refs = contactsIn(services, selectedNodes());
  const one = panels.activeContact ?? (refs.length === 1 ? refs[0] : undefined);
  const resource = one && contacts.summary(one);
  if (one && resource)
    rows.push({ label: plain(shownName(resource)), scope: { kind: 'contacts', refs: [one] } });
  if (refs.length > 1) rows.push({ label: chosenLabel(refs.length), scope: { kind: 'contacts', refs } });
  return rows;
}

const chosenLabel = (count: number) =>
  plural(
    vscode.l10n.t('one: {0} selected contact | other: {0} selected contacts', formatNumber(count)),
    count,
  );

function listRows(data: AccountStores, organisationId: string): Row[] {
  const { t } = vscode.l10n;
  const { organisations, arranged } = data;
  const withId = (text: string) => [idIfShared(data, organisationId), text].filter(Boolean).join(' · ');
  const name = plain(organisations.name(organisationId) ?? organisationId);
  const { filter } = arranged.options(organisationId);
  const all: Row = {
    label: name,
    description: withId(t('all contacts')),
    scope: { kind: 'all', organisationIds: [organisationId] },
  };
  if (filter === '') return [all];
  const description = withId(t('contacts that match “{0}”', plain(filter)));
  return [{ label: name, description, scope: { kind: 'shown', organisationIds: [organisationId] } }, all];
}

const everything = (organisationIds: readonly string[]): Row => ({
  label: vscode.l10n.t('All organisations'),
  description: vscode.l10n.t('all contacts'),
  scope: { kind: 'all', organisationIds },
});
