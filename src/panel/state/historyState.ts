/** Makes the history's state: audit events become sentences. */

import * as vscode from 'vscode';
import type { AuditEvent } from '../../api/auditEvents';
import type { ContactRef } from '../../api/contacts';
import { isolated, shortId, toLine } from '../../base/text';
import { isFieldName } from '../../contacts/model/contact';
import type { History } from '../../contacts/related/history';
import { describeError } from '../../platform/text/errorMessages';
import { attributeLabel, fieldLabels } from '../../platform/text/labels';
import type { FieldName } from '../../protocol/fields';
import type { HistoryState } from '../../protocol/related';
import type { ConflictState } from '../../protocol/state';
import { partProblem } from './partProblem';

/** @returns undefined if the account may not read the history, or if that is not known yet */
export function historyState(
  history: History,
  ref: ContactRef,
  { unfolded, shown }: { readonly unfolded: boolean; readonly shown: number },
  nameOf: (principalId: string) => string | undefined,
): HistoryState | undefined {
  if (!history.offered) return undefined;
  const load = unfolded ? history.load(ref) : undefined;
  const events = load?.events ?? [];
  return {
    unfolded,
    loading: load?.kind === 'loading',
    events: events.slice(0, shown).map((event) => ({
      time: toLine(event.time),
      title: [who(event, nameOf), operationWords(event.operation)].filter(Boolean).join(' · '),
      changes: event.values.map(changeWords),
    })),
    more: events.length > shown || (load?.kind === 'loaded' && load.next !== undefined),
    ...(load?.kind === 'failed' ? { problem: partProblem(describeError(load.error), load.error) } : {}),
  };
}

/** Returns the author of a field's current value, by the loaded part of the history. */
export function changedBy(
  events: readonly AuditEvent[],
  field: FieldName,
  theirs: string,
  nameOf: (principalId: string) => string | undefined,
): ConflictState['by'] {
  const event = events.find(({ values }) =>
    values.some((value) => value.field === field && textOf(value.after) === theirs),
  );
  const name = event && who(event, nameOf);
  return event && name ? { who: name, time: toLine(event.time) } : undefined;
}

function who({ principalId }: AuditEvent, nameOf: (id: string) => string | undefined): string {
  if (principalId === undefined) return '';
  return toLine(nameOf(principalId) ?? shortId(principalId));
}

function operationWords(operation: string): string {
  const { t } = vscode.l10n;
  const known = new Map([
    ['create', t('Created')],
    ['update', t('Changed')],
    ['delete', t('Deleted')],
  ]);
  return known.get(operation) ?? toLine(operation);
}

function changeWords({ field, before, after }: AuditEvent['values'][number]): string {
  const { t } = vscode.l10n;
  const label = isFieldName(field) ? fieldLabels()[field] : attributeLabel(field);
  const [old, now] = [isolated(toLine(textOf(before))), isolated(toLine(textOf(after)))];
  if (old === '') return now === '' ? label : t('{0}: “{1}”', label, now);
  return now === '' ? t('{0}: “{1}” was removed', label, old) : t('{0}: “{1}” became “{2}”', label, old, now);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return String(value);
}
