/** Messages about errors in a text or a value. No message contains a value. */
import * as vscode from 'vscode';
import { toLine } from '../../base/text';
import { describeError } from '../../platform/text/errorMessages';
import { proposedText } from '../../platform/text/labels';
import { conflictText, keptOldText, notSavedText, unknownText } from '../../platform/text/outcomeTexts';
import { formatNumber } from '../../platform/text/plural';
import type { Finding, FixId } from '../checks/finding';
import type { LineRange, TextErrorCode } from '../text/parsedText';
import type { DraftNote } from './draftNotes';
import { type SaveNote, wordsWithoutValues } from './saveNotes';

export function errorText(code: TextErrorCode): string {
  const { t } = vscode.l10n;
  const texts: Readonly<Record<TextErrorCode, string>> = {
    damagedBlockLine: t('A contact begins with its ID in square brackets, alone or before a comment.'),
    unknownId: t('No contact of this document has this ID. The lines below it change nothing.'),
    doubledId: t('This ID is here more than once. None of its blocks changes anything.'),
    unknownLine: t('This line is not a field, a comment or an ID. Its contact is left alone.'),
    unknownField: t('The fields are first_name, last_name, email and telephone. This contact is left alone.'),
    fieldOutsideBlock: t(
      'No ID stands above this field, so it belongs to no contact. Contacts cannot be created here.',
    ),
    doubledField: t('This field is here twice. Its contact is left alone.'),
    mergeMarker: t('This is a mark of a merge conflict. Its contact is left alone.'),
    damagedEscape: t(
      'This code of a character, such as \\u{A0}, is not complete. Its contact is left alone.',
    ),
    damagedCharacter: t('A character was damaged or lost here. The contact is left alone.'),
    joinedBlocks: t(
      'This block has values of another contact, whose own lines are not in place. The contact is left alone: undo, or put the lines back.',
    ),
    encoding: t('This line changed: the text was read in another encoding, or comes from another version.'),
  };
  return texts[code];
}

export function findingText({ message }: Finding): string {
  const { t } = vscode.l10n;
  const texts: Readonly<Record<Finding['message'], string>> = {
    email: t('This may not be an email address.'),
    emailWithoutAt: t('An email address has an @. This value will not be sent.'),
    telephone: t('This is an unusual telephone number.'),
    numberForm: t('This number is usually written differently.'),
    unseen: t('This value has a character that cannot be seen.'),
    spaces: t('This value has white space at an end, or more than one space in a row.'),
    capitals: t('This name is in capitals only.'),
    sameEmail: t('Another contact has the same email address.'),
    sameTelephone: t('Another contact has the same telephone number.'),
  };
  return texts[message];
}

export function noteText({ kind }: DraftNote): string {
  if (kind === 'proposed') return proposedText();
  return vscode.l10n.t('Another window had another text here. Open the contact to see it.');
}

/** @param values the contact's values, which the message must not contain */
export function saveText({ kind, error, sent = [] }: SaveNote, values: readonly string[]): string {
  switch (kind) {
    case 'refused': {
      const words = wordsWithoutValues(error, [...values, ...sent]).map((one) => toLine(one, 500));
      return notSavedText(words.filter(Boolean).join(' · ') || describeError(error));
    }
    case 'conflict':
      return conflictText();
    case 'ignored':
      return keptOldText();
    case 'unknown':
      return unknownText();
  }
}

export function fixText(id: FixId): string {
  const { t } = vscode.l10n;
  const texts: Readonly<Record<FixId, string>> = {
    trim: t('Remove white space and characters that cannot be seen'),
    number: t('Write the number in its international form'),
    case: t('Correct the case of the name'),
  };
  return texts[id];
}

/** @param title the quick fix for one value */
export const allText = (title: string, count: number) =>
  vscode.l10n.t('{0}: all {1}', title, formatNumber(count));

/** @param error the first line that cannot be read; undefined if VS Code could not save the text */
export const unsettledText = (error: LineRange | undefined) =>
  error
    ? vscode.l10n.t('Line {0} of this text cannot be read. Correct it, then try again.', error.line + 1)
    : vscode.l10n.t('This text could not be saved. Save it, then try again.');
