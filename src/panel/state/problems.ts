/** Describes failed saves and loads, with the actions that help. */

import * as vscode from 'vscode';
import type { Resource } from '../../api/http/document';
import { ApiError, type ApiProblem } from '../../api/http/errors';
import { toLine } from '../../base/text';
import type { Draft } from '../../contacts/drafts/draft';
import { isFieldName } from '../../contacts/model/contact';
import type { ContactSaveState } from '../../contacts/saving/contactSaveState';
import { environmentName, sampleDataLeft } from '../../platform/text/environmentNames';
import { describeError, wordsOf } from '../../platform/text/errorMessages';
import { fieldLabels, labelOf, namesOf } from '../../platform/text/labels';
import type { FieldName } from '../../protocol/fields';
import type { ProblemAction, ProblemState } from '../../protocol/state';

/** Explains why the contact cannot be shown. */
export function loadProblem(error: unknown, hasDraft: boolean): ProblemState {
  const { t } = vscode.l10n;
  const message = ApiError.is(error, 'notFound')
    ? t('This contact was deleted in Ctrl Hub, or your account may not see it.')
    : describeError(error);
  return problem(message, error, hasDraft ? ['copyDraft'] : []);
}

/** Explains that the user must sign in. */
export function signedOutProblem(origin: string, hasDraft: boolean): ProblemState {
  const { t } = vscode.l10n;
  const name = environmentName(origin);
  const sample = sampleDataLeft(origin);
  const message = hasDraft
    ? t('Sign in to {0} to see this contact. What you typed is kept.', name)
    : t('Sign in to {0} to see this contact.', name);
  const back = sample ? 'useSampleData' : 'signIn';
  return { message: sample ?? message, details: [], actions: hasDraft ? [back, 'copyDraft'] : [back] };
}

type Unsaved = Extract<ContactSaveState, { error: unknown } | { kind: 'ignored' }>;

export function saveProblem(saving: Unsaved, contact: Resource): ProblemState {
  const { t } = vscode.l10n;
  const { kind } = saving;
  if (kind === 'ignored') {
    const labels = saving.fields.map((field) => fieldLabels()[field]).join(', ');
    return problem(
      t('Not saved: Ctrl Hub answered, but kept the old values of {0}. What you typed is kept.', labels),
      undefined,
    );
  }
  const { error } = saving;
  if (kind === 'unknown') {
    return problem(
      t(
        'It is not known whether the contact was saved: the answer was lost, and Ctrl Hub cannot be asked now. What you typed is kept. Retry checks first, and sends nothing twice.',
      ),
      error,
      [],
      problemsOf(error).map(wordsOf),
    );
  }
  if (kind === 'notSaved') {
    return problem(
      t('Not saved: the answer was lost, and Ctrl Hub does not have your changes. What you typed is kept.'),
      error,
      [],
      problemsOf(error).map(wordsOf),
    );
  }
  if (!(error instanceof ApiError)) return problem(t('Not saved. {0}', describeError(error)), error);
  if (saving.refused)
    return refusedProblem(
      error,
      saving.refused.map(({ name }) => name),
    );
  const unnamed = error.problems.filter(({ field }) => !isFieldName(field));
  const details = unnamed.map((one) => wordsWithName(one, contact));
  switch (error.reason) {
    case 'notFound':
      return problem(
        t(
          'Not saved: this contact was deleted in Ctrl Hub, or your account may not see it. What you typed is kept, to be copied.',
        ),
        error,
        ['copyDraft'],
        details,
      );
    case 'forbidden':
      return problem(
        t('Not saved: your account may not change this contact. What you typed is kept, to be copied.'),
        error,
        ['copyDraft'],
        details,
      );
    case 'invalid':
      if (unnamed.length < error.problems.length)
        return problem(
          t('Not saved. Ctrl Hub rejected the values of the marked fields.'),
          error,
          [],
          details,
        );
      return problem(whyInvalid(error, attributesIn(unnamed, contact)), error, [], details);
    default:
      return problem(t('Not saved. {0} What you typed is kept.', describeError(error)), error, [], details);
  }
}

/** Offers to save without the refused attributes; the button names the consequence. */
function refusedProblem(error: ApiError, names: readonly string[]): ProblemState {
  const { t } = vscode.l10n;
  const refused = problem(
    t(
      'Not saved: Ctrl Hub does not accept these attributes of the contact: {0}. What you typed is kept.',
      namesOf(names),
    ),
    error,
    ['saveWithout'],
    error.problems.map(wordsOf),
  );
  return { ...refused, without: t('Save without {0} (removes it from the contact)', namesOf(names)) };
}

/** An invalid value that was not edited here can be corrected only in Ctrl Hub. */
function whyInvalid(error: ApiError, names: readonly string[]): string {
  const { t } = vscode.l10n;
  if (names.length === 0) return t('Not saved. {0}', describeError(error));
  return t(
    'Not saved: Ctrl Hub does not accept what the contact has in {0}. It cannot be changed here: correct it in Ctrl Hub, then save again. What you typed is kept.',
    namesOf(names),
  );
}

const has = ({ attributes }: Resource, name: string | undefined): name is string =>
  name !== undefined && Object.hasOwn(attributes ?? {}, name);

const attributesIn = (problems: readonly ApiProblem[], contact: Resource) => [
  ...new Set(problems.map(({ field }) => field).filter((name) => has(contact, name))),
];

/** Adds the attribute's label, unless the API's text begins with it. */
function wordsWithName(one: ApiProblem, contact: Resource): string {
  const words = wordsOf(one);
  if (!has(contact, one.field) || words.startsWith(one.field)) return words;
  return `${labelOf(one.field)}: ${words}`;
}

const problemsOf = (error: unknown) => (error instanceof ApiError ? error.problems : []);

/** Points to the marked fields; no request was sent. */
export function blockedProblem(): ProblemState {
  return {
    message: vscode.l10n.t('Not saved. Correct the marked fields first.'),
    details: [],
    actions: [],
  };
}

/** Asks to sign in, in the panel whose work cannot continue. */
export function sessionEndedProblem(unsaved: boolean): ProblemState {
  const { t } = vscode.l10n;
  const message = unsaved
    ? t('Your session has ended. Sign in again to continue. What you typed is kept.')
    : t('Your session has ended. Sign in again to continue.');
  return { message, details: [], actions: ['signIn'] };
}

/**
 * Assigns a refusal to the field that it names; other refusals belong to the summary. An edited field no
 * longer holds the refused value.
 */
export function fieldErrors(
  saving: ContactSaveState,
  draft: Draft | undefined,
): Partial<Record<FieldName, string>> {
  if (saving.kind !== 'failed' || !(saving.error instanceof ApiError)) return {};
  const found: Partial<Record<FieldName, string>> = {};
  for (const one of saving.error.problems) {
    if (!isFieldName(one.field) || draft?.edits[one.field] !== saving.sent[one.field]) continue;
    found[one.field] = [found[one.field], wordsOf(one)].filter(Boolean).join(' ');
  }
  return found;
}

function problem(
  message: string,
  error: unknown,
  more: readonly ProblemAction[] = [],
  details: readonly string[] = [],
): ProblemState {
  const traceId = error instanceof ApiError ? error.traceId : undefined;
  const again: ProblemAction = ApiError.is(error, 'unauthorised') ? 'signIn' : 'retry';
  // Retry comes last if the API will refuse again.
  const isOver = ApiError.is(error, 'notFound') || ApiError.is(error, 'forbidden');
  return {
    message,
    details: details.filter((detail) => detail !== ''),
    ...(traceId === undefined ? {} : { traceId: toLine(traceId) }),
    actions: [...(isOver ? [...more, again] : [again, ...more]), 'showLog'],
  };
}
