/** Validates messages of the webview. Any other message is dropped, and logged without its content. */

import * as z from 'zod/mini';
import { isId } from '../api/http/document';
import type { Logger } from '../base/log';
import { parseWith } from '../base/parseWith';
import { interactionFields } from '../contacts/drafts/interactionDraft';
import { fieldNames } from '../contacts/model/contact';
import type { ContactKey } from '../protocol/contactKey';
import type { PanelIntent } from '../protocol/intents';

const schema = z.lazy(() => {
  const upTo = (max: number) => z.string().check(z.maxLength(max));
  const field = z.enum(fieldNames);
  /**
   * The limit exceeds any value that a response of the API can hold, so that no keystroke is dropped. The
   * page limits its fields to `maxValueLength` characters and shows a message.
   */
  const text = upTo(20_000_000);
  const id = z.string().check(z.minLength(1), z.maxLength(500));
  const revision = z.int().check(z.gte(1));
  const name = upTo(500);
  /** Empty for a new interaction. */
  const interactionId = upTo(500);
  /** The parts of every intent with typed text. */
  const keystroke = { page: z.string().check(z.regex(/^[0-9a-f]{32}$/)), revision };
  const choice = z.union([
    z.strictObject({ field, theirs: text, choice: z.enum(['mine', 'theirs']) }),
    z.strictObject({ field, theirs: text, choice: z.literal('other'), value: text }),
  ]);
  return z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('ready') }),
    z.strictObject({ type: z.literal('edit'), field, value: text, base: text, ...keystroke }),
    z.strictObject({ type: z.literal('save') }),
    z.strictObject({ type: z.literal('saveWithout'), attempt: z.int() }),
    z.strictObject({ type: z.literal('revert') }),
    z.strictObject({ type: z.literal('unrevert') }),
    z.strictObject({ type: z.literal('undo') }),
    z.strictObject({ type: z.literal('cancelWait') }),
    z.strictObject({ type: z.literal('copyDraft') }),
    z.strictObject({ type: z.literal('otherText'), id, act: z.enum(['copy', 'use', 'drop']) }),
    z.strictObject({ type: z.literal('choose'), choice, ...keystroke }),
    z.strictObject({
      type: z.literal('resolve'),
      choices: z.array(choice).check(z.maxLength(fieldNames.length)),
    }),
    z.strictObject({ type: z.literal('retry') }),
    z.strictObject({ type: z.literal('check') }),
    z.strictObject({ type: z.literal('signIn') }),
    z.strictObject({ type: z.literal('useSampleData') }),
    z.strictObject({ type: z.literal('showLog') }),
    z.strictObject({
      type: z.literal('related'),
      act: z.enum(['seen', 'more', 'retry', 'add', 'look']),
      name,
    }),
    z.strictObject({ type: z.enum(['fold', 'editNotes', 'openContact']), id }),
    z.strictObject({
      type: z.literal('interaction'),
      interactionId,
      field: z.enum(interactionFields),
      value: text,
      before: z.partialRecord(z.enum(interactionFields), text),
      ...keystroke,
    }),
    z.strictObject({
      type: z.literal('interactionDo'),
      interactionId,
      act: z.enum(['send', 'drop', 'look', 'mine', 'theirs']),
    }),
    z.strictObject({ type: z.literal('history'), act: z.enum(['fold', 'more']) }),
    z.strictObject({ type: z.literal('copy'), id }),
  ]);
}) satisfies z.ZodMiniType<PanelIntent>;

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

const identity = z.lazy(() =>
  z.object({
    origin: z.string().check(z.minLength(1), z.maxLength(2000)),
    organisationId: z.custom<string>(isId),
    contactId: z.custom<string>(isId),
  }),
) satisfies z.ZodMiniType<ContactKey>;

/** Parses the identity that the webview stored, with which VS Code restores the panel. */
export function parseIdentity(state: unknown): ContactKey | undefined {
  return parseWith(identity, state);
}
