import * as vscode from 'vscode';
import type { ReadableName } from '../../contacts/related/relatedStore';
import type { LinkWork } from '../../contacts/saving/accountLinks';

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
