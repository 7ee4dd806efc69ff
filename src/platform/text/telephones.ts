/**
 * Telephone numbers for the eye. What is edited, sent, searched, copied, exported or dialled, and what two
 * sides are compared by, is the number as it was given.
 */

import type { Resource } from '../../api/http/document';
import { once } from '../../base/concurrency';
import { Emitter } from '../../base/event';
import { toLine } from '../../base/text';
import { displayName } from '../../contacts/model/contact';
import { telephonesIn } from '../../contacts/model/telephoneText';

let toReadable: ((given: string) => string) | undefined;
let toDialled: ((written: string) => string | undefined) | undefined;
const loaded = new Emitter<void>();

/** What was drawn as it was given may be drawn again. */
export const onDidLoadPlans = loaded.event;

/** The numbering plans of the world: some milliseconds that no list and no form has to wait for. */
export const loadPlans = once(async () => {
  ({ toReadable, toDialled } = await import('../../telephones/telephones'));
  loaded.fire();
});

// Without its country's code nobody knows how a number is grouped; with spaces in it, a person did it.
const isBare = (text: string) => /^(?:\+|00)[1-9]\d{6,14}$/.test(text);

/** It could be easier to read, and is not yet. */
export const needsPlans = (text: string) => toReadable === undefined && isBare(text);

/** A number as people write it, and any other text as it is. Before the plans are here, all are as they are. */
export function readable(text: string): string {
  if (!isBare(text)) return text;
  // Once what it is for has been shown.
  if (toReadable === undefined) setTimeout(loadPlans);
  return toReadable?.(text) ?? text;
}

/** What a person calls a contact, where it is shown: its number, where that is all there is. */
export const shownName = (resource: Resource) => readable(toLine(displayName(resource)));

export const goesByNumber = (resource: Resource) => isBare(toLine(displayName(resource)));

export interface CallableNumber {
  /** As it stands in the field, in plain digits. */
  readonly written: string;
  readonly uri: string;
}

/** The numbers of a telephone field that can be called; none where one of them cannot. */
export async function callableNumbers(field: string): Promise<readonly CallableNumber[]> {
  await loadPlans();
  const written = telephonesIn(field);
  const numbers = written.flatMap((text) => {
    const dialled = toDialled?.(text);
    return dialled === undefined ? [] : [{ written: text, uri: `tel:${dialled}` }];
  });
  const isComplete = numbers.length === written.length;
  const distinct = numbers.filter(({ uri }, n) => numbers.findIndex((one) => one.uri === uri) === n);
  return isComplete ? distinct : [];
}
