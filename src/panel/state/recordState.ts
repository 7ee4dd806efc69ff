/** Makes the read-only part of the state: other attributes, timestamps, and related records. */
import * as vscode from 'vscode';
import type { Resource } from '../../api/http/document';
import { ApiError } from '../../api/http/errors';
import { isExactNumber, toJsonText } from '../../base/exactNumbers';
import { clip, shortId } from '../../base/text';
import { isFieldName } from '../../contacts/model/contact';
import type { LabelPart, Related, RelationshipView } from '../../contacts/model/related';
import type { RelatedLoad } from '../../contacts/related/relatedStore';
import { describeError } from '../../platform/text/errorMessages';
import { attributeLabel, relationshipLabel, timeLabels, typeLabel } from '../../platform/text/labels';
import { formatNumber } from '../../platform/text/plural';
import type { PartProblem } from '../../protocol/related';
import type { AttributeState, RelatedState, RelationshipState, TimeState } from '../../protocol/state';
import { interactionWord } from './interactionWords';
import { partProblem } from './partProblem';

/** Limits in characters for the panel, which shows fewer. */
const max = { name: 200, line: 600, value: 5000 } as const;
const maxAttributes = 500;

/** Lists the attributes that cannot be edited here. Those beyond the limit are kept but not shown. */
export function attributeStates({ attributes }: Resource): readonly AttributeState[] {
  const { t } = vscode.l10n;
  const all = Object.entries(attributes ?? {}).filter(([name]) => !isFieldName(name));
  const shown = all.slice(0, maxAttributes).map(([name, value]) => attributeState(name, value));
  const left = all.length - shown.length;
  if (left === 0) return shown;
  return [
    ...shown,
    { name: '', label: t('More'), value: t('Not shown, but kept: {0} more', formatNumber(left)) },
  ];
}

function attributeState(name: string, value: unknown): AttributeState {
  const { t } = vscode.l10n;
  const known = { name: clip(name, max.name), label: attributeLabel(name) };
  if (value === null || value === undefined) return { ...known, value: '' };
  if (typeof value === 'boolean') return { ...known, value: value ? t('Yes') : t('No') };
  if (typeof value === 'object' && !isExactNumber(value))
    return { ...known, value: clip(toJsonText(value, 2), max.value), json: true };
  return { ...known, value: clip(String(value), max.value) };
}

export function timesOf({ meta }: Resource): readonly TimeState[] {
  return Object.entries(timeLabels()).flatMap(([name, label]) => {
    const value = meta?.[name];
    return typeof value === 'string' && value !== '' ? [{ name, label, value: clip(value, max.name) }] : [];
  });
}

export function relationshipState({
  name: whole,
  items,
  single,
  rest,
  more,
}: RelationshipView): RelationshipState {
  const [name, label] = [clip(whole, max.name), relationshipLabel(whole)];
  if (items === undefined) return { name, label, items: [], unknown: true };
  return {
    name,
    label,
    items: items.map(relatedState),
    ...(single ? { single } : {}),
    ...(rest === 0 ? {} : { rest }),
    ...(more === 0 ? {} : { more }),
  };
}

/** Describes records that could not be read but may be readable later. */
export function relatedProblem(loads: readonly (RelatedLoad | undefined)[]): PartProblem | undefined {
  const failed = loads.find((load) => load?.kind === 'failed' && !isForGood(load.error));
  return failed?.kind === 'failed' ? partProblem(describeError(failed.error), failed.error) : undefined;
}

/** Explains why one record is not available; the others are shown. */
export function whyNotRead(load: RelatedLoad | undefined): string | undefined {
  return load?.kind === 'failed' && isForGood(load.error) ? describeError(load.error) : undefined;
}

const isForGood = (error: unknown) => ApiError.is(error, 'notFound', 'forbidden', 'methodNotAllowed');

function relatedState({ type, id, label, detail, counts }: Related): RelatedState {
  const known = counts
    .map(({ name, count }) => `${relationshipLabel(name)}: ${formatNumber(count)}`)
    .join(' · ');
  const more = detail ?? known;
  return {
    type: clip(type, max.line),
    id,
    label: label.length > 0 ? label.map(shown) : [`${clip(typeLabel(type), max.line)} ${shortId(id)}`],
    ...(more === '' ? {} : { detail: clip(more, max.value) }),
  };
}

function shown(part: LabelPart) {
  if (typeof part === 'string') return clip(part, max.line);
  if ('time' in part) return { time: clip(part.time, max.name) };
  return clip(interactionWord(part.name, part.value), max.line);
}
