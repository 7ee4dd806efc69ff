/** Makes the state of an interaction's form, with the outcome of sending it. */

import * as vscode from 'vscode';
import type { Resource } from '../../api/http/document';
import { ApiError } from '../../api/http/errors';
import { clip, toLine } from '../../base/text';
import {
  type InteractionDraft,
  type InteractionValues,
  interactionFields,
  isTyped,
  newInteractionId,
  typedIn,
} from '../../contacts/drafts/interactionDraft';
import type { InteractionDraftStore } from '../../contacts/drafts/interactionDraftStore';
import { fieldOfOther, textOfOther } from '../../contacts/drafts/interactionOthers';
import type { InteractionWork } from '../../contacts/saving/interactions/interactionWork';
import { describeError } from '../../platform/text/errorMessages';
import { type ContactKey, keyText } from '../../protocol/contactKey';
import type {
  InteractionField,
  InteractionFieldState,
  InteractionFormState,
  PartProblem,
} from '../../protocol/related';
import type { DraftLine } from '../../protocol/state';
import { type Accounts, fieldLine, fieldWords, presentationOf, shown } from './interactionField';
import { interactionWord } from './interactionWords';
import { otherValuesState } from './otherTextState';
import { partProblem } from './partProblem';
import { storageNotice } from './strings';

export interface InteractionFormSource {
  readonly interactionId: string;
  readonly draft: InteractionDraft;
  readonly work: InteractionWork;
  readonly accounts: Accounts;
  /** The texts of other windows. */
  readonly lost: readonly InteractionValues[];
  /** True while the disk cannot store the draft. */
  readonly unstored: boolean;
}

export function interactionFormState(source: InteractionFormSource): InteractionFormState {
  const { t } = vscode.l10n;
  const { interactionId, draft, work } = source;
  const isNew = interactionId === newInteractionId;
  const next = nextOf(work, isNew);
  const problem = interactionProblem(source, isNew);
  return {
    interactionId,
    title: isNew ? t('New interaction') : t('Edit notes'),
    fields: interactionFields.flatMap((name) => fieldState(name, source) ?? []),
    ...(draft.values.account !== undefined && !hasChoice(source) ? { account: draft.values.account } : {}),
    send: isNew ? t('Log Interaction') : t('Save Notes'),
    ...(work.kind === 'sending' ? { sending: true } : {}),
    ...(problem === undefined ? {} : { problem }),
    ...(source.lost.length > 0
      ? { others: source.lost.map((other) => otherValuesState(interactionId, other, source.accounts)) }
      : {}),
    ...(next === undefined ? {} : { next }),
  };

  function fieldState(
    name: InteractionField,
    { accounts }: InteractionFormSource,
  ): InteractionFieldState | undefined {
    const value = draft.values[name];
    if (value === undefined || (name === 'account' && !hasChoice(source))) return undefined;
    const theirs =
      work.kind === 'conflict' && work.fields.includes(name)
        ? { theirs: clip(shown(name, work.theirs[name] ?? ''), 5000) }
        : {};
    return { name, value, ...presentationOf(name, draft.base[name] ?? '', accounts), ...theirs };
  }
}

const hasChoice = ({ accounts }: InteractionFormSource) => accounts.length > 1;

/** Returns the unsent values, one line a field, for display without a form. */
export function interactionLines(
  interactionDrafts: InteractionDraftStore,
  contact: ContactKey,
): readonly DraftLine[] {
  return interactionDrafts
    .all()
    .filter(({ key, draft }) => isTyped(draft) && keyText(key) === keyText(contact))
    .flatMap(({ draft }) => typedLines(draft));
}

export const typedLines = (draft: InteractionDraft): readonly DraftLine[] => [
  ...typedIn(draft).map((name) => fieldLine(name, draft.values[name] ?? '')),
  ...(draft.others ?? []).map((other) => fieldLine(fieldOfOther(other), textOfOther(other))),
];

/** Describes a finished interaction. */
export function interactionDone(interactionId: string, { kind }: InteractionWork): string | undefined {
  const { t } = vscode.l10n;
  if (kind !== 'done') return undefined;
  return interactionId === newInteractionId ? t('Interaction logged') : t('Notes saved');
}

/** Returns the initial values of a new interaction. */
export function newInteraction(
  accounts: readonly { readonly id: string }[],
): Readonly<Record<InteractionField, string>> {
  const [only, ...others] = accounts;
  return {
    method: 'telephone',
    direction: 'inbound',
    date_time: new Date().toISOString(),
    contacted: 'true',
    status: 'completed',
    account: only && others.length === 0 ? only.id : '',
    notes: '',
  };
}

/** Explains why the outcome is unknown, and how to find out. */
function doubt(work: InteractionWork & { readonly kind: 'unknown' }, isNew: boolean): PartProblem {
  const { t } = vscode.l10n;
  if (!isNew)
    return partProblem(
      t(
        'It is not known whether the notes were saved: the answer was lost. What you typed is kept. Saving again checks first.',
      ),
      work.error,
    );
  if (work.alike !== undefined) {
    const { details, ...problem } = partProblem(
      t(
        'It is not known whether the interaction was logged: Ctrl Hub has one like it, but not with the same values. Open Ctrl Hub and compare. If it is there, discard what you typed here. If it is not, copy what you typed, discard it here and log it again.',
      ),
    );
    return { ...problem, details: [...details, ...work.alike.slice(0, 20).map(interactionLine)] };
  }
  if (work.partly)
    return partProblem(
      t(
        'It is not known whether the interaction was logged: Ctrl Hub did not show all interactions. Look again later, or open Ctrl Hub and search for it there. If it is there, discard what you typed here. If it is not, copy what you typed, discard it here and log it again.',
      ),
      work.error,
    );
  if (work.accepted)
    return partProblem(
      t(
        'It is not known whether the interaction was logged: Ctrl Hub accepted it, but does not list it yet. Look again in a while. What you typed is kept.',
      ),
      work.error,
    );
  if (work.elsewhere)
    return partProblem(
      t(
        'Another window is sending this interaction, or was closed while it did. Look before you log it again. What you typed is kept.',
      ),
    );
  return partProblem(
    t(
      'It is not known whether the interaction was logged: the answer was lost. Look before you log it again. What you typed is kept.',
    ),
    work.error,
  );
}

/** Describes an interaction that may be the sent one. Server text. */
function interactionLine({ attributes }: Resource): string {
  const { method, date_time, notes } = attributes ?? {};
  const at = typeof date_time === 'string' ? date_time : '';
  const time = fieldWords('date_time', at, []);
  const words = typeof method === 'string' ? interactionWord('method', method) : '';
  const text = typeof notes === 'string' ? notes : '';
  return [time, words, text]
    .map((part) => toLine(part))
    .filter((part) => part !== '')
    .join(' · ');
}

function nextOf(work: InteractionWork, isNew: boolean): InteractionFormState['next'] {
  if (work.kind === 'conflict') return 'choose';
  if (work.kind === 'unknown' && isNew) return 'look';
  return work.kind === 'failed' && ApiError.is(work.error, 'unauthorised') ? 'signIn' : undefined;
}

function interactionProblem(
  { work, unstored }: InteractionFormSource,
  isNew: boolean,
): PartProblem | undefined {
  const { t } = vscode.l10n;
  switch (work.kind) {
    case 'failed':
      return partProblem(t('Not saved. {0} What you typed is kept.', describeError(work.error)), work.error);
    case 'sending':
      if (!work.waiting) break;
      return partProblem(
        t(
          'Another window is sending this interaction. Ctrl Hub is checked when that window is done, or after 45 seconds at most.',
        ),
      );
    case 'unknown':
      return doubt(work, isNew);
    case 'unmarked':
      return partProblem(
        t(
          'Not sent: this computer’s disk refused to note that the interaction is being sent, so another window or a restart could send it a second time. Free some disk space, or close other windows that show this contact. Then select Log Interaction again: it is sent without the note.',
        ),
      );
    case 'notThere':
      return partProblem(t('Not saved: Ctrl Hub does not have it. What you typed is kept.'));
    case 'ignored':
      return partProblem(t('Not saved: Ctrl Hub answered, but kept what it had. What you typed is kept.'));
    case 'conflict':
      return partProblem(
        `${t('Somebody else changed this too')}. ${t('Choose what to keep; nothing is saved before.')}`,
      );
    default:
  }
  return unstored ? partProblem(storageNotice()) : undefined;
}
