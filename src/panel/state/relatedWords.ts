import * as vscode from 'vscode';
import type { ReadableName } from '../../contacts/related/relatedStore';
import type { LinkWork } from '../../contacts/saving/accountLinks';
import { describeError } from '../../platform/text/errorMessages';
import type { PartProblem } from '../../protocol/related';
import { partProblem } from './partProblem';

/** Returns the label of the button that adds to a relationship. */
export function addLabel(name: ReadableName): string {
  const { t } = vscode.l10n;
  return name === 'interactions' ? t('Log Interaction…') : t('Link Account…');
}

export function linkedWords(kind: LinkWork['kind']): string | undefined {
  const { t } = vscode.l10n;
  if (kind === 'sending') return t('Linking…');
  if (kind === 'verifying') return t('Looking…');
  return kind === 'done' ? t('Account linked') : undefined;
}

/** Describes the outcome of linking a customer account. */
export function linkProblem(work: LinkWork): PartProblem | undefined {
  const { t } = vscode.l10n;
  switch (work.kind) {
    case 'failed':
      return partProblem(t('Not linked. {0}', describeError(work.error)), work.error);
    case 'unknown':
      return partProblem(
        work.error === undefined
          ? t(
              'It is not known whether the account was linked: Ctrl Hub accepted it, but does not show the account’s contacts. Open Ctrl Hub to check.',
            )
          : t(
              'It is not known whether the account was linked: the answer was lost. Look before you try again.',
            ),
        work.error,
      );
    case 'notThere':
      return partProblem(t('Ctrl Hub does not list this contact with the account.'));
    default:
      return undefined;
  }
}
