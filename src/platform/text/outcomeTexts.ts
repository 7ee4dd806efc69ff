/** The outcome of one contact's save, in the same words beside its values and in a review. */
import * as vscode from 'vscode';

/** @param reason ends the sentence; it may be server text, which the caller clips */
export const notSavedText = (reason: string) => vscode.l10n.t('Not saved: {0}', reason);

export const keptOldText = () =>
  vscode.l10n.t('Ctrl Hub answered that it was saved, and kept the old values');

export const conflictText = () =>
  vscode.l10n.t('Somebody else changed the same field: open the contact to choose');

export const unknownText = () => vscode.l10n.t('Not known: it is read before anything is sent again');
