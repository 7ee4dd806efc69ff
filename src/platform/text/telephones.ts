/**
 * Formats telephone numbers for display. Editing, sending, searching, copying, exporting, dialling and
 * comparing use the number as the API sent it.
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

/** Fires when numbers that were shown ungrouped can be shown grouped. */
export const onDidLoadPlans = loaded.event;

/**
 * Loads the numbering plans of the world, which takes some milliseconds. No list and no form waits for them.
 */
export const loadPlans = once(async () => {
  ({ toReadable, toDialled } = await import('../../telephones/telephones'));
  loaded.fire();
});

// Without a country code, the grouping of a number is unknown; a number with spaces is already grouped.
const isBare = (text: string) => /^(?:\+|00)[1-9]\d{6,14}$/.test(text);

/** True if a number could be grouped, but the plans are not loaded yet. */
export const needsPlans = (text: string) => toReadable === undefined && isBare(text);

/** Groups the digits of a number. Other texts, and all texts before the plans are loaded, stay unchanged. */
export function readable(text: string): string {
  if (!isBare(text)) return text;
  // Loads the plans after the current work, which shows the number ungrouped.
  if (toReadable === undefined) setTimeout(loadPlans);
  return toReadable?.(text) ?? text;
}

/** The display name of a contact, which is its number if it has no name and no email address. */
export const shownName = (resource: Resource) => readable(toLine(displayName(resource)));

/** True for a contact whose display name is a number that can be grouped. */
export const isNamedByNumber = (resource: Resource) => isBare(toLine(displayName(resource)));

export interface CallableNumber {
  /** The number as the field has it, in ASCII digits. */
  readonly written: string;
  readonly uri: string;
}

/** Returns the numbers of a telephone field that can be called; none if one of them cannot. */
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
