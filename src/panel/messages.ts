/** What a webview may say to the host: everything else is dropped, and logged without its content. */
import * as z from 'zod/mini';
import { isId } from '../api/http/document';
import type { Logger } from '../base/log';
import { parseWith } from '../base/parseWith';
import { interactionFields } from '../contacts/drafts/interactionDraft';
import { fieldNames } from '../contacts/model/contact';
import type { PanelIntent } from '../protocol/intents';
import type { PanelIdentity } from '../protocol/state';

const schema = z.lazy(() => {
  const upTo = (most: number) => z.string().check(z.maxLength(most));
  const field = z.enum(fieldNames);
  /**
   * Larger than any value that an answer of the API can hold, so that no keystroke in one is dropped. The page
   * takes no more than `longestValue` characters into a field, and says so there.
   */
  const held = upTo(20_000_000);
  const id = z.string().check(z.minLength(1), z.maxLength(500));
  const revision = z.int().check(z.gte(1));
  /** An interaction's id, empty for one that is not there yet; or a relationship's name. */
  const what = upTo(500);
  /** Every intent with typed text has these. */
  const keystroke = { page: z.string().check(z.regex(/^[0-9a-f]{32}$/)), revision };
  const choice = z.union([
    z.strictObject({ field, theirs: held, choice: z.enum(['mine', 'theirs']) }),
    z.strictObject({ field, theirs: held, choice: z.literal('other'), value: held }),
  ]);
  return z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('ready') }),
    z.strictObject({ type: z.literal('edit'), field, value: held, base: held, ...keystroke }),
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
    z.strictObject({ type: z.literal('signIn') }),
    z.strictObject({ type: z.literal('useSampleData') }),
    z.strictObject({ type: z.literal('showLog') }),
    z.strictObject({
      type: z.literal('related'),
      act: z.enum(['seen', 'more', 'retry', 'add', 'look']),
      name: what,
    }),
    z.strictObject({ type: z.enum(['fold', 'editNotes', 'openContact']), id }),
    z.strictObject({
      type: z.literal('interaction'),
      what,
      field: z.enum(interactionFields),
      value: held,
      before: z.partialRecord(z.enum(interactionFields), held),
      ...keystroke,
    }),
    z.strictObject({
      type: z.literal('interactionDo'),
      what,
      act: z.enum(['send', 'drop', 'look', 'mine', 'theirs']),
    }),
    z.strictObject({ type: z.literal('history'), act: z.enum(['fold', 'more']) }),
    z.strictObject({ type: z.literal('copy'), id }),
  ]);
}) satisfies z.ZodMiniType<PanelIntent>;

export function parseIntent(message: unknown): PanelIntent | undefined {
  return parseWith(schema, message);
}

/** Hands on what is understood; of anything else the log hears that it came, and nothing of what it said. */
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
) satisfies z.ZodMiniType<PanelIdentity>;

/** What the webview kept for VS Code to open the panel again with. */
export function parseIdentity(state: unknown): PanelIdentity | undefined {
  return parseWith(identity, state);
}
