/** The read-only part of the panel: other attributes, times, related records. */
import * as vscode from 'vscode';
import type { Resource } from '../api/document';
import { shortId } from '../base/text';
import type { Related, RelationshipView } from '../contacts/related';
import type { AttributeState, RelatedState, RelationshipState, TimeState } from '../protocol/state';
import { attributeLabel, relationshipLabel, timeLabels } from './labels';

export function attributeState(name: string, value: unknown): AttributeState {
  const { t } = vscode.l10n;
  const label = attributeLabel(name);
  if (value === null || value === undefined) return { name, label, value: '' };
  if (typeof value === 'boolean') return { name, label, value: value ? t('Yes') : t('No') };
  if (typeof value === 'object') return { name, label, value: JSON.stringify(value, null, 2), json: true };
  return { name, label, value: String(value) };
}

export function timesOf({ meta }: Resource): readonly TimeState[] {
  return Object.entries(timeLabels()).flatMap(([name, label]) => {
    const value = meta?.[name];
    return typeof value === 'string' && value !== '' ? [{ name, label, value }] : [];
  });
}

export function relationshipState({ name, items }: RelationshipView): RelationshipState {
  const label = relationshipLabel(name);
  if (items === undefined) return { name, label, items: [], unknown: true };
  return { name, label, items: items.map(relatedState) };
}

function relatedState({ type, id, label, detail, counts }: Related): RelatedState {
  const known = counts.map(({ name, count }) => `${relationshipLabel(name)}: ${count}`).join(' · ');
  const more = detail ?? known;
  return {
    type,
    id,
    label: label.length > 0 ? label : [`${type} ${shortId(id)}`],
    ...(more === '' ? {} : { detail: more }),
  };
}
