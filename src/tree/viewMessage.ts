/** Composes the message above the rows: the progress of loading, and the filters. */
import * as vscode from 'vscode';
import { toLine } from '../base/text';
import type { AccountStores } from '../contacts/accountStores';
import { formatNumber } from '../platform/text/plural';

/** @param notes notices about the session */
export function viewMessage(data: AccountStores | undefined, notes: readonly string[]): string {
  return [...notes, ...(data ? [...loading(data), ...filters(data)] : [])].join(' · ');
}

function loading({ contacts, wholeLoads, organisations }: AccountStores): readonly string[] {
  const { t } = vscode.l10n;
  return wholeLoads.organisationIds.map((id) => {
    const { loaded, total } = contacts.progress(id);
    const name = toLine(organisations.name(id) ?? '');
    return total === undefined
      ? t('{0}: reading all contacts, {1} so far', name, formatNumber(loaded))
      : t('{0}: reading all contacts, {1} of {2}', name, formatNumber(loaded), formatNumber(total));
  });
}

function filters({ arranged, contacts, organisations, wholeLoads }: AccountStores): readonly string[] {
  const { t } = vscode.l10n;
  return organisations.list.organisations.flatMap(({ id, name }) => {
    const { filter } = arranged.options(id);
    const matching = arranged.matching(id);
    if (filter === '') return [];
    if (matching === undefined) return [t('{0}: only “{1}”', toLine(name), toLine(filter))];
    const { ids, total } = contacts.list(id);
    const all = formatNumber(total ?? ids.length);
    if (arranged.isPartial(id) && !wholeLoads.organisationIds.includes(id)) {
      const [where, text] = [toLine(name), toLine(filter)];
      return [
        t(
          '{0}: {1} of the {2} read match “{3}”; there are {4}',
          where,
          formatNumber(matching),
          formatNumber(ids.length),
          text,
          all,
        ),
      ];
    }
    return [t('{0}: {1} of {2} match “{3}”', toLine(name), formatNumber(matching), all, toLine(filter))];
  });
}
