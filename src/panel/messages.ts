/** Validates messages of the webview. Any other message is dropped, and logged without its content. */
import * as v from 'valibot';
import { isId } from '../api/http/document';
import type { Logger } from '../base/log';
import { parseWith } from '../base/parseWith';
import { interactionFields } from '../contacts/drafts/interactionDraft';
import { fieldNames } from '../contacts/model/contact';
import type { PanelIntent } from '../protocol/intents';
import type { PanelIdentity } from '../protocol/state';

const upTo = (most: number) => v.pipe(v.string(), v.maxLength(most));
const field = v.picklist(fieldNames);
/**
 * The limit exceeds any value that a response of the API can hold, so that no keystroke is dropped. The page
 * limits its fields to `longestValue` characters and shows a message.
 */
const held = upTo(20_000_000);
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
const revision = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** The ID of an interaction, empty for a new one, or the name of a relationship. */
const what = upTo(500);
/** The parts of every intent with typed text. */
const keystroke = { page: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)), revision };
const choice = v.union([
  v.strictObject({ field, theirs: held, choice: v.picklist(['mine', 'theirs']) }),
  v.strictObject({ field, theirs: held, choice: v.literal('other'), value: held }),
]);

const schema = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('edit'), field, value: held, base: held, ...keystroke }),
  v.strictObject({ type: v.literal('save') }),
  v.strictObject({ type: v.literal('saveWithout'), attempt: v.pipe(v.number(), v.safeInteger()) }),
  v.strictObject({ type: v.literal('revert') }),
  v.strictObject({ type: v.literal('unrevert') }),
  v.strictObject({ type: v.literal('undo') }),
  v.strictObject({ type: v.literal('cancelWait') }),
  v.strictObject({ type: v.literal('copyDraft') }),
  v.strictObject({ type: v.literal('otherText'), id, act: v.picklist(['copy', 'use', 'drop']) }),
  v.strictObject({ type: v.literal('choose'), choice, ...keystroke }),
  v.strictObject({
    type: v.literal('resolve'),
    choices: v.pipe(v.array(choice), v.maxLength(fieldNames.length)),
  }),
  v.strictObject({ type: v.literal('retry') }),
  v.strictObject({ type: v.literal('signIn') }),
  v.strictObject({ type: v.literal('useSampleData') }),
  v.strictObject({ type: v.literal('showLog') }),
  v.strictObject({
    type: v.literal('related'),
    act: v.picklist(['seen', 'more', 'retry', 'add', 'look']),
    name: what,
  }),
  v.strictObject({ type: v.picklist(['fold', 'editNotes', 'openContact']), id }),
  v.strictObject({
    type: v.literal('interaction'),
    what,
    field: v.picklist(interactionFields),
    value: held,
    before: v.strictObject(v.entriesFromList(interactionFields, v.exactOptional(held))),
    ...keystroke,
  }),
  v.strictObject({
    type: v.literal('interactionDo'),
    what,
    act: v.picklist(['send', 'drop', 'look', 'mine', 'theirs']),
  }),
  v.strictObject({ type: v.literal('history'), act: v.picklist(['fold', 'more']) }),
  v.strictObject({ type: v.literal('copy'), id }),
]) satisfies v.GenericSchema<unknown, PanelIntent>;

export function parseIntent(message: unknown): PanelIntent | undefined {
  return parseWith(schema, message);
}

/** Passes valid messages on. An invalid one is logged without its content. */
export function takeMessage(
  message: unknown,
  receive: (intent: PanelIntent) => void,
  log: Pick<Logger, 'warn'>,
): void {
  const intent = parseIntent(message);
  if (intent) receive(intent);
  else log.warn('A message of the panel was not understood and was ignored');
}

const identity = v.object({
  origin: v.pipe(v.string(), v.minLength(1), v.maxLength(2000)),
  organisationId: v.custom<string>(isId),
  contactId: v.custom<string>(isId),
}) satisfies v.GenericSchema<unknown, PanelIdentity>;

/** Parses the identity that the webview stored, with which VS Code restores the panel. */
export function parseIdentity(state: unknown): PanelIdentity | undefined {
  return parseWith(identity, state);
}
