/** Describes a field of an interaction and its value. */
import * as vscode from 'vscode';
import { toLine } from '../../base/text';
import { parseTimestamp } from '../../base/timestamp';
import type { InteractionField, InteractionFieldState } from '../../protocol/related';
import type { DraftLine } from '../../protocol/state';
import { interactionWords } from './interactionWords';

/** The contact's customer accounts with their labels. */
export type Accounts = readonly { readonly id: string; readonly label: string }[];

export function fieldLabel(name: InteractionField): string {
  const { t } = vscode.l10n;
  const labels: Readonly<Record<InteractionField, string>> = {
    method: t('Method'),
    direction: t('Direction'),
    date_time: t('Date and time'),
    contacted: t('Contacted'),
    status: t('Status'),
    account: t('Account'),
    notes: t('Notes'),
  };
  return labels[name];
}

export function presentationOf(
  name: InteractionField,
  base: string,
  accounts: Accounts,
): Pick<InteractionFieldState, 'label' | 'kind' | 'options'> {
  const { t } = vscode.l10n;
  const label = fieldLabel(name);
  switch (name) {
    case 'method':
    case 'direction':
    case 'status': {
      const options = [...interactionWords()[name]].map(([value, words]) => ({ value, label: words }));
      // The API may have further values, and it gets the text as typed; translations are suggestions only.
      return { label, kind: name === 'status' ? 'suggest' : 'choice', options };
    }
    case 'account': {
      const all = accounts.map(({ id, label: words }) => ({ value: id, label: toLine(words) }));
      return { label, kind: 'choice', options: [{ value: '', label: t('None') }, ...all] };
    }
    case 'date_time':
      return { label, kind: Number.isNaN(parseTimestamp(base)) ? 'text' : 'time' };
    case 'contacted':
      return { label, kind: 'check' };
    case 'notes':
      return { label, kind: 'notes' };
  }
}

export function shown(name: InteractionField, value: string): string {
  const { t } = vscode.l10n;
  if (name !== 'contacted') return value;
  return value === 'true' ? t('Yes') : t('No');
}

/** Formats a value for display: a timestamp in local time, a choice by its label. */
export function fieldWords(name: InteractionField, value: string, accounts: Accounts): string {
  const time = name === 'date_time' ? parseTimestamp(value) : Number.NaN;
  if (!Number.isNaN(time)) return new Date(time).toLocaleString(vscode.env.language);
  const option = presentationOf(name, '', accounts).options?.find((one) => one.value === value);
  return option?.label ?? shown(name, value);
}

export function fieldLine(name: InteractionField, value: string): DraftLine {
  const option = presentationOf(name, '', []).options?.find((one) => one.value === value);
  const words = option?.label ?? shown(name, value);
  return { label: fieldLabel(name), value: words, ...(name === 'date_time' ? { time: true } : {}) };
}
