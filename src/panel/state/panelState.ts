/** Makes the form's state from contact, draft and save, with all texts translated. */

import * as vscode from 'vscode';
import type { Resource, ResourceDocument } from '../../api/http/document';
import { ApiError } from '../../api/http/errors';
import { clip, toLine } from '../../base/text';
import { type Draft, hasArrived, isProposed } from '../../contacts/drafts/draft';
import {
  type FieldConflict,
  fieldNames,
  isFieldName,
  isStructured,
  valuesOf,
} from '../../contacts/model/contact';
import { changesOf, type Edits } from '../../contacts/model/update';
import { type Finding, validate } from '../../contacts/model/validate';
import type { ContactSaveState } from '../../contacts/saving/contactSaveState';
import { describeError } from '../../platform/text/errorMessages';
import { fieldLabels, labelOf, namesOf, proposedText } from '../../platform/text/labels';
import { readable, shownName } from '../../platform/text/telephones';
import type { FieldName } from '../../protocol/fields';
import type { OtherTextState } from '../../protocol/related';
import type {
  ConflictState,
  DraftLine,
  FieldState,
  FreshnessState,
  PanelBody,
  ReadyState,
  SaveState,
} from '../../protocol/state';
import { partProblem } from './partProblem';
import { blockedProblem, fieldErrors, saveProblem, sessionEndedProblem } from './problems';
import { attributeStates, timesOf } from './recordState';

/** How far the reading of a panel's contact is. */
export type Loading =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** The inputs of the form's state. */
export interface FormSource {
  readonly document: ResourceDocument;
  /** How far `document` has been read: until then, it is the list's row. */
  readonly loading: Loading;
  /** When Ctrl Hub had it as it is shown, in milliseconds since 1970, if known. */
  readonly knownSince: number | undefined;
  readonly draft: Draft | undefined;
  /** Unsaved text of interactions, which have no place before the contact is read. */
  readonly typedNotes: readonly DraftLine[];
  readonly saving: ContactSaveState;
  readonly attempt: number;
  readonly conflicts: readonly FieldConflict[];
  /** True if no request is possible before the user signs in again. */
  readonly sessionEnded: boolean;
  readonly notices: readonly string[];
  readonly others: readonly OtherTextState[];
  readonly canUnrevert: boolean;
  readonly related: Pick<ReadyState, 'relationships'> & {
    readonly history: ReadyState['history'] | undefined;
  };
  /** Returns the author of the other side of a conflict. */
  changedBy(conflict: FieldConflict): ConflictState['by'];
}

export function readyBody(source: FormSource): ReadyState {
  const { document, draft, saving, attempt, notices, others, canUnrevert } = source;
  const { resource } = document;
  const { relationships, history } = source.related;
  const unsaved = Object.keys(changesOf(resource, draft?.edits ?? {})).length > 0;
  const forbidden = saving.kind === 'failed' && ApiError.is(saving.error, 'forbidden');
  const freshness = freshnessState(source);
  return {
    kind: 'ready',
    ...(freshness ? { freshness } : {}),
    fields: fieldNames.map((name) => fieldState(name, source)),
    save: saveState(source, unsaved),
    attempt,
    ...(unsaved && draft ? { since: draft.since } : {}),
    ...(canUnrevert ? { canUnrevert } : {}),
    ...(forbidden ? { readOnly: true } : {}),
    notices,
    ...(others.length > 0 ? { others } : {}),
    ...detailsOf(resource),
    relationships,
    ...(history ? { history } : {}),
  };
}

const details = new WeakMap<Resource, ReturnType<typeof makeDetails>>();

/** Makes the parts that nobody can edit once for each reading, and not for each keystroke. */
function detailsOf(resource: Resource) {
  const made = details.get(resource) ?? makeDetails(resource);
  details.set(resource, made);
  return made;
}

const makeDetails = (resource: Resource) => ({
  attributes: attributeStates(resource),
  id: resource.id,
  type: clip(resource.type, 600),
  times: timesOf(resource),
});

function freshnessState(source: FormSource): FreshnessState | undefined {
  const { loading, knownSince, sessionEnded, typedNotes } = source;
  if (loading.kind === 'loaded') return undefined;
  if (loading.kind === 'loading') return { kind: 'checking' };
  return {
    kind: 'old',
    ...(knownSince === undefined ? {} : { since: new Date(knownSince).toISOString() }),
    // The notice with the Sign In button says that the session has ended.
    ...(sessionEnded ? {} : { problem: partProblem(describeError(loading.error), loading.error) }),
    ...(typedNotes.length > 0 ? { draft: typedNotes } : {}),
  };
}

export function panelTitle(document: ResourceDocument | undefined): string {
  return document === undefined ? '' : shownName(document.resource);
}

/** Returns the unsaved text for display without a form. */
export function draftLines(draft: Draft | undefined): readonly DraftLine[] {
  const others = draft?.others ?? [];
  return [
    ...lines(draft?.edits ?? {}),
    ...others.map(({ field, text }) => ({ label: fieldLabels()[field], value: text })),
  ];
}

/** Describes colleagues' changes: "Changed by somebody else meanwhile: Email, Pronouns". */
export function changedByOthers(
  names: readonly string[],
  draft?: Draft,
  document?: ResourceDocument,
): readonly string[] {
  // A sent value of ours, whose response was lost, is not a colleague's change.
  const isOurs = (name: string) =>
    isFieldName(name) &&
    draft !== undefined &&
    document !== undefined &&
    hasArrived(draft, name, valuesOf(document.resource)[name]);
  const theirs = names.filter((name) => !isOurs(name));
  if (theirs.length === 0) return [];
  return [vscode.l10n.t('Changed by somebody else meanwhile: {0}', namesOf(theirs))];
}

/** Returns the IDs that have a copy button. */
export function idsIn(body: PanelBody): readonly (string | undefined)[] {
  if (body.kind === 'loading') return [];
  if (body.kind === 'failed') return [body.problem.traceId];
  const problem = body.save.kind === 'failed' ? body.save.problem : undefined;
  const old = body.freshness?.kind === 'old' ? body.freshness.problem : undefined;
  return [
    problem?.traceId,
    old?.traceId,
    body.history?.problem?.traceId,
    ...body.relationships.flatMap(({ items, problem: own, added, form }) => [
      own?.traceId,
      added?.problem.traceId,
      form?.problem?.traceId,
      ...items.flatMap((item) => [item.id, item.form?.problem?.traceId]),
    ]),
  ];
}

function lines(edits: Edits): readonly DraftLine[] {
  return fieldNames.flatMap((name) => {
    const value = edits[name];
    return value === undefined ? [] : [{ label: fieldLabels()[name], value }];
  });
}

function fieldState(name: FieldName, source: FormSource): FieldState {
  const { document, draft, saving, conflicts } = source;
  const { t } = vscode.l10n;
  const saved = valuesOf(document.resource)[name];
  const mine = draft?.edits[name];
  const value = mine ?? saved;
  const finding = mine === undefined ? undefined : validate(name, mine);
  const error = finding?.kind === 'wrong' ? wordsOfFinding(finding) : fieldErrors(saving, draft)[name];
  const clash = conflicts.find(({ field }) => field === name);
  const inConflict = saving.kind === 'conflict' && clash !== undefined;
  const by = inConflict ? source.changedBy(clash) : undefined;
  const chosen = draft?.choices?.[name];
  const shown = name === 'telephone' ? readable(saved) : saved;
  return {
    name,
    label: fieldLabels()[name],
    saved,
    value,
    ...(draft && isProposed(draft, name) ? { proposed: proposedText() } : {}),
    ...(shown === saved ? {} : { readable: shown }),
    ...(error === undefined ? {} : { error }),
    ...(finding?.kind === 'unusual' ? { hint: wordsOfFinding(finding) } : {}),
    ...(mine === undefined && isStructured(document.resource, name)
      ? { readOnly: true, hint: t('This is a list or an object, which cannot be changed here.') }
      : {}),
    ...(inConflict
      ? {
          conflict: {
            before: clash.before,
            mine: clash.mine,
            theirs: clash.theirs,
            ...(by ? { by } : {}),
            ...(chosen ? { chosen } : {}),
          },
        }
      : {}),
    ...(clash && !inConflict
      ? {
          warning: t(
            'Somebody else changed this from “{0}” to “{1}”. Save will ask which to keep.',
            toLine(clash.before),
            toLine(clash.theirs),
          ),
        }
      : {}),
  };
}

function wordsOfFinding(finding: Finding): string {
  const { t } = vscode.l10n;
  if (finding.what === 'emailWithoutAt')
    return t('An email address must contain an @. Correct it, or clear the field.');
  if (finding.what === 'email') return t('This is an unusual email address. Is it right?');
  return t('This is an unusual telephone number. Is it right?');
}

function saveState({ document, saving, conflicts, sessionEnded }: FormSource, unsaved: boolean): SaveState {
  if (sessionEnded && (saving.kind === 'idle' || saving.kind === 'saved'))
    return { kind: 'failed', problem: sessionEndedProblem(unsaved), unasked: true };
  switch (saving.kind) {
    case 'idle':
      return { kind: 'idle' };
    case 'saving':
      return { kind: 'saving' };
    case 'waiting':
      return { kind: 'waiting', until: saving.until };
    case 'conflict':
      return conflicts.length > 0 ? { kind: 'conflict' } : { kind: 'idle' };
    case 'saved':
      // Text typed during a save is unsaved, so the panel must not show "saved".
      return unsaved ? { kind: 'idle' } : savedState(saving);
    case 'blocked':
      return { kind: 'failed', problem: blockedProblem() };
    default:
      return { kind: 'failed', problem: saveProblem(saving, document.resource) };
  }
}

function savedState({ outcome, theirs, undo }: Extract<ContactSaveState, { kind: 'saved' }>): SaveState {
  const { t } = vscode.l10n;
  const differences = outcome.differences.map(({ field, sent, saved }) =>
    t('Ctrl Hub saved “{0}” as {1}, not “{2}”.', toLine(saved), fieldLabels()[field], toLine(sent)),
  );
  const leftOut = outcome.leftOut
    .slice(0, 20)
    .map((name) => t('Ctrl Hub does not accept {0}, so it was left out.', labelOf(name)));
  const also =
    outcome.alsoChanged.length === 0
      ? []
      : [t('Changed in Ctrl Hub while saving: {0}', namesOf(outcome.alsoChanged))];
  return {
    kind: 'saved',
    notes: [...changedByOthers(theirs), ...differences, ...also, ...leftOut],
    canUndo: Object.keys(undo).length > 0,
  };
}
