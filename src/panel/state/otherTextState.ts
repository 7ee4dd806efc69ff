/** The state of a text of another window. */
import { createHash } from 'node:crypto';
import type { OtherText } from '../../contacts/drafts/draft';
import type { InteractionValues } from '../../contacts/drafts/interactionDraft';
import { fieldOfOther, textOfOther } from '../../contacts/drafts/interactionOthers';
import { otherTextText } from '../../platform/text/labels';
import type { OtherTextState } from '../../protocol/related';
import { type Accounts, fieldLabel, fieldWords } from './interactionField';

/** Identifies a text to the page, which must not choose the content of the clipboard. */
const idOf = (parts: readonly (string | undefined)[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

export const otherTextState = (id: string, text: string, label: string): OtherTextState => ({
  id,
  message: otherTextText(text, label),
});

export const idOfText = ({ field, text }: OtherText) => idOf([field, text]);
export const idOfValues = (interactionId: string, values: InteractionValues) =>
  idOf([interactionId, ...Object.entries(values).flat()]);

export const wordsOf = (other: InteractionValues, accounts: Accounts) =>
  fieldWords(fieldOfOther(other), textOfOther(other), accounts);

/** @param interactionId see `InteractionDraftKey` */
export const otherValuesState = (interactionId: string, other: InteractionValues, accounts: Accounts) =>
  otherTextState(idOfValues(interactionId, other), wordsOf(other, accounts), fieldLabel(fieldOfOther(other)));
