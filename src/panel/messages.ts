/** What a webview may say to the host: everything else is dropped, and logged without its content. */
import * as z from 'zod/mini';
import { isId } from '../api/document';
import type { Logger } from '../base/log';
import { fieldNames } from '../contacts/contact';
import type { PanelIntent } from '../protocol/intents';
import { longestValue } from '../protocol/limits';
import type { PanelIdentity } from '../protocol/state';

const field = z.enum(fieldNames);
/** Larger than any value that an answer of the API can hold. */
const held = z.string().check(z.maxLength(20_000_000));
const id = z.string().check(z.minLength(1), z.maxLength(500));
const choice = z.union([
  z.strictObject({ field, choice: z.enum(['mine', 'theirs']) }),
  z.strictObject({ field, choice: z.literal('other'), value: held }),
]);

const schema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z
    .strictObject({
      type: z.literal('edit'),
      field,
      value: held,
      revision: z.int().check(z.positive()),
      base: held,
    })
    .check(z.refine(({ value, base }) => value.length <= Math.max(longestValue, base.length))),
  z.strictObject({ type: z.literal('save') }),
  z.strictObject({ type: z.literal('revert') }),
  z.strictObject({ type: z.literal('unrevert') }),
  z.strictObject({ type: z.literal('undo') }),
  z.strictObject({ type: z.literal('cancelWait') }),
  z.strictObject({ type: z.literal('copyDraft') }),
  z.strictObject({
    type: z.literal('resolve'),
    choices: z.array(choice).check(z.maxLength(fieldNames.length)),
  }),
  z.strictObject({ type: z.literal('retry') }),
  z.strictObject({ type: z.literal('signIn') }),
  z.strictObject({ type: z.literal('showLog') }),
  z.strictObject({ type: z.literal('copy'), what: z.enum(['id', 'traceId']), id }),
]) satisfies z.ZodMiniType<PanelIntent>;

export function parseIntent(message: unknown): PanelIntent | undefined {
  return schema.safeParse(message).data;
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

const identity = z.object({
  origin: z.string().check(z.minLength(1), z.maxLength(2000)),
  organisationId: z.custom<string>(isId),
  contactId: z.custom<string>(isId),
}) satisfies z.ZodMiniType<PanelIdentity>;

/** What the webview kept for VS Code to open the panel again with. */
export function parseIdentity(state: unknown): PanelIdentity | undefined {
  return identity.safeParse(state).data;
}
