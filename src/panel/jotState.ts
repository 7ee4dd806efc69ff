/** An interaction that is being written → a form in words, and what became of sending it. */
import * as vscode from 'vscode';
import { ApiError } from '../api/errors';
import { clip, toLine } from '../base/text';
import { type DraftKey, keyText } from '../contacts/draft';
import { isTyped, type Jot, type JotField, jotFields, newOne } from '../contacts/jot';
import type { JotStore } from '../contacts/jotStore';
import type { JotWork } from '../contacts/jotting';
import type { LinkWork } from '../contacts/linking';
import { describeError, wordsOf } from '../platform/errorMessages';
import type { JotFieldState, JotState, PartProblem } from '../protocol/related';
import type { DraftLine } from '../protocol/state';

export interface JotSource {
  readonly what: string;
  readonly jot: Jot;
  readonly work: JotWork;
  /** The contact's accounts, by how a person knows them. */
  readonly accounts: readonly { readonly id: string; readonly label: string }[];
  /** Notes that another window had. */
  readonly lost: string | undefined;
  /** The disk refuses to keep it. */
  readonly unstored: boolean;
}

export function jotState(source: JotSource): JotState {
  const { t } = vscode.l10n;
  const { what, jot, work } = source;
  const isNew = what === newOne;
  const next = nextOf(work, isNew);
  const problem = jotProblem(source, isNew);
  return {
    what,
    title: isNew ? t('New interaction') : t('Edit notes'),
    fields: jotFields.flatMap((name) => fieldState(name, source) ?? []),
    send: isNew ? t('Log Interaction') : t('Save Notes'),
    ...(work.kind === 'sending' ? { sending: true } : {}),
    ...(problem === undefined ? {} : { problem }),
    ...(next === undefined ? {} : { next }),
  };

  function fieldState(name: JotField, { accounts }: JotSource): JotFieldState | undefined {
    const value = jot.values[name];
    if (value === undefined || (name === 'account' && accounts.length < 2)) return undefined;
    const theirs =
      work.kind === 'conflict' && work.fields.includes(name)
        ? { theirs: clip(shown(name, work.theirs[name] ?? ''), 5000) }
        : {};
    return { name, value, ...looks(name, jot.base[name] ?? '', accounts), ...theirs };
  }
}

/** Notes that were typed and not sent, for when there is no form to show them in. */
export function jotLines(jots: JotStore, contact: DraftKey): readonly DraftLine[] {
  return jots
    .all()
    .filter(({ key, jot }) => isTyped(jot) && keyText(key) === keyText(contact))
    .map(({ jot }) => ({ label: fieldLabel('notes'), value: jot.values.notes ?? '' }));
}

/** What was said of one that is done. */
export function jotDone(what: string, { kind }: JotWork): string | undefined {
  const { t } = vscode.l10n;
  if (kind !== 'done') return undefined;
  return what === newOne ? t('Interaction logged') : t('Notes saved');
}

/** An interaction as it is begun. */
export function newJot(accounts: readonly { readonly id: string }[]): Readonly<Record<JotField, string>> {
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

/** What became of linking an account. */
export function linkProblem(work: LinkWork): PartProblem | undefined {
  const { t } = vscode.l10n;
  switch (work.kind) {
    case 'failed':
      return partProblem(t('Not linked. {0}', describeError(work.error)), work.error);
    case 'unknown':
      return partProblem(
        t('It is not known whether the account was linked: the answer was lost. Look before you try again.'),
        work.error,
      );
    case 'notThere':
      return partProblem(t('Ctrl Hub does not list this contact with the account.'));
    default:
      return undefined;
  }
}

export function partProblem(message: string, error?: unknown): PartProblem {
  const known = error instanceof ApiError ? error : undefined;
  return {
    message,
    details: (known?.problems ?? [])
      .slice(0, 20)
      .map(wordsOf)
      .filter((words) => words !== ''),
    ...(known?.traceId === undefined ? {} : { traceId: toLine(known.traceId) }),
  };
}

function fieldLabel(name: JotField): string {
  const { t } = vscode.l10n;
  const labels: Readonly<Record<JotField, string>> = {
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

function looks(
  name: JotField,
  base: string,
  accounts: JotSource['accounts'],
): Pick<JotFieldState, 'label' | 'kind' | 'options'> {
  const { t } = vscode.l10n;
  const label = fieldLabel(name);
  const options = (all: Readonly<Record<string, string>>) =>
    Object.entries(all).map(([value, words]) => ({ value, label: words }));
  switch (name) {
    case 'method':
      return {
        label,
        kind: 'choice',
        options: options({
          telephone: t('Telephone'),
          email: t('Email'),
          sms: t('Text message'),
          letter: t('Letter'),
        }),
      };
    case 'direction':
      return {
        label,
        kind: 'choice',
        options: options({ inbound: t('Inbound'), outbound: t('Outbound') }),
      };
    case 'account': {
      const all = accounts.map(({ id, label: words }) => ({ value: id, label: toLine(words) }));
      return { label, kind: 'choice', options: [{ value: '', label: t('None') }, ...all] };
    }
    case 'status':
      return {
        label,
        kind: 'suggest',
        // What the API takes, not words for it.
        options: ['scheduled', 'completed'].map((value) => ({ value, label: value })),
      };
    case 'date_time':
      return { label, kind: Number.isNaN(Date.parse(base)) ? 'text' : 'time' };
    case 'contacted':
      return { label, kind: 'check' };
    case 'notes':
      return { label, kind: 'notes' };
  }
}

function shown(name: JotField, value: string): string {
  const { t } = vscode.l10n;
  if (name !== 'contacted') return value;
  return value === 'true' ? t('Yes') : t('No');
}

function nextOf(work: JotWork, isNew: boolean): JotState['next'] {
  if (work.kind === 'conflict') return 'choose';
  if (work.kind === 'unknown' && isNew) return 'look';
  return work.kind === 'failed' && ApiError.is(work.error, 'unauthorised') ? 'signIn' : undefined;
}

function jotProblem({ work, lost, unstored }: JotSource, isNew: boolean): PartProblem | undefined {
  const { t } = vscode.l10n;
  switch (work.kind) {
    case 'failed':
      return partProblem(t('Not saved. {0} What you typed is kept.', describeError(work.error)), work.error);
    case 'unknown':
      return partProblem(
        isNew
          ? t(
              'It is not known whether the interaction was logged: the answer was lost. Look before you log it again. What you typed is kept.',
            )
          : t(
              'It is not known whether the notes were saved: the answer was lost. What you typed is kept. Saving again looks first.',
            ),
        work.error,
      );
    case 'notThere':
      return partProblem(t('Not saved: Ctrl Hub does not have it. What you typed is kept.'));
    case 'notTaken':
      return partProblem(t('Not saved: Ctrl Hub answered, but kept what it had. What you typed is kept.'));
    case 'conflict':
      return partProblem(
        `${t('Somebody else changed this too')}. ${t('Choose what to keep; nothing is saved before.')}`,
      );
    default:
  }
  if (lost !== undefined)
    return partProblem(t('Another window had “{0}” in {1}.', toLine(lost), fieldLabel('notes')));
  return unstored
    ? partProblem(
        t(
          'What you type cannot be stored on this computer just now. It is kept only while this window is open: save soon.',
        ),
      )
    : undefined;
}
