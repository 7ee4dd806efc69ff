/** Contact, draft and what is going on → the whole state of the panel, in words. */
import * as vscode from 'vscode';
import type { ContactDocument } from '../api/contacts';
import type { Resource } from '../api/document';
import { ApiError } from '../api/errors';
import { shortId, toLine } from '../base/text';
import { displayName, type FieldName, fieldNames, isFieldName, textOf } from '../contacts/contact';
import type { Draft } from '../contacts/drafts';
import { type Related, relationshipsOf } from '../contacts/related';
import { changesOf } from '../contacts/update';
import { describeError, wordsOf } from '../platform/errorMessages';
import { fieldLabels } from '../platform/fieldLabels';
import type {
  AttributeState,
  FieldState,
  PanelBody,
  ProblemState,
  RelatedState,
  RelationshipState,
  SaveState,
} from '../protocol/state';
import { attributeLabel, relationshipLabel, timeLabels } from './labels';

/** Where a save is; an error is kept as it came until it is put into words. */
export type Saving =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'failed'; readonly error: unknown };

export function readyBody(document: ContactDocument, draft: Draft, saving: Saving): PanelBody {
  const { resource, included } = document;
  const errors = saving.kind === 'failed' ? fieldErrors(saving.error) : {};
  return {
    kind: 'ready',
    revision: draft.revision,
    fields: fieldNames.map((name) => fieldState(name, resource, draft, errors[name])),
    save: saveState(resource, draft, saving),
    attributes: Object.entries(resource.attributes ?? {})
      .filter(([name]) => !isFieldName(name))
      .map(([name, value]) => attributeState(name, value)),
    id: resource.id,
    type: resource.type,
    times: timesOf(resource),
    relationships: relationshipsOf(resource, included).map(({ name, items }) =>
      relationshipState(name, items),
    ),
  };
}

export function panelTitle(document: ContactDocument | undefined): string {
  return document === undefined ? '' : toLine(displayName(document.resource));
}

/** Why the contact cannot be shown. */
export function failedBody(error: unknown): PanelBody {
  return { kind: 'failed', problem: problemOf(describeError(error), error, []) };
}

function fieldState(
  name: FieldName,
  resource: Resource,
  draft: Draft,
  error: string | undefined,
): FieldState {
  const saved = textOf(resource, name);
  return {
    name,
    label: fieldLabels()[name],
    saved,
    value: draft.edits[name] ?? saved,
    ...(error === undefined ? {} : { error }),
  };
}

function saveState(resource: Resource, draft: Draft, saving: Saving): SaveState {
  if (saving.kind === 'failed') return { kind: 'failed', problem: saveProblem(saving.error) };
  // What was typed during a save is not saved: the panel must not say that it is.
  if (saving.kind === 'saved' && Object.keys(changesOf(resource, draft.edits)).length > 0)
    return { kind: 'idle' };
  return saving;
}

/** A refusal that names a field goes to that field, everything else into the summary. */
function fieldErrors(error: unknown): Partial<Record<FieldName, string>> {
  if (!(error instanceof ApiError)) return {};
  const found: Partial<Record<FieldName, string>> = {};
  for (const problem of error.problems) {
    if (isFieldName(problem.field))
      found[problem.field] = [found[problem.field], wordsOf(problem)].filter(Boolean).join(' ');
  }
  return found;
}

function saveProblem(error: unknown): ProblemState {
  const { t } = vscode.l10n;
  if (!(error instanceof ApiError)) return problemOf(t('Not saved. {0}', describeError(error)), error, []);
  const unnamed = error.problems.filter(({ field }) => !isFieldName(field));
  const message =
    error.reason === 'invalid' && unnamed.length < error.problems.length
      ? t('Not saved. Ctrl Hub did not accept what the marked fields say.')
      : outcomeUnknown(error)
        ? t(
            'Ctrl Hub did not confirm the save, so it may or may not have been made. What you typed is kept here. {0}',
            describeError(error),
          )
        : t('Not saved. {0}', describeError(error));
  return problemOf(message, error, unnamed.map(wordsOf));
}

/** The request may have been carried out, and only its answer was lost. */
function outcomeUnknown(error: ApiError): boolean {
  return (
    error.reason === 'timedOut' ||
    error.reason === 'notUnderstood' ||
    error.reason === 'server' ||
    error.reason === 'unreachable'
  );
}

function problemOf(message: string, error: unknown, details: readonly string[]): ProblemState {
  const traceId = error instanceof ApiError ? error.traceId : undefined;
  const signIn = ApiError.is(error, 'unauthorised');
  return {
    message,
    details: details.filter((detail) => detail !== ''),
    ...(traceId === undefined ? {} : { traceId: toLine(traceId) }),
    actions: signIn ? ['signIn', 'showLog'] : ['retry', 'showLog'],
  };
}

function attributeState(name: string, value: unknown): AttributeState {
  const { t } = vscode.l10n;
  const label = attributeLabel(name);
  if (value === null || value === undefined) return { name, label, value: '' };
  if (typeof value === 'boolean') return { name, label, value: value ? t('Yes') : t('No') };
  if (typeof value === 'object') return { name, label, value: JSON.stringify(value, null, 2), json: true };
  return { name, label, value: String(value) };
}

function timesOf({ meta }: Resource) {
  const labels = timeLabels();
  return Object.entries(labels)
    .map(([name, label]) => ({ name, label, value: meta?.[name] }))
    .filter(
      (time): time is typeof time & { value: string } => typeof time.value === 'string' && time.value !== '',
    );
}

function relationshipState(name: string, items: readonly Related[] | undefined): RelationshipState {
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
