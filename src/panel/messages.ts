/** What a webview may say to the host: everything else is dropped, and logged without its content. */
import * as z from 'zod/mini';
import { fieldNames } from '../contacts/contact';
import type { PanelIntent } from '../protocol/intents';
import type { PanelIdentity } from '../protocol/state';

const field = z.enum(fieldNames);
const choice = z.union([
  z.strictObject({ field, choice: z.enum(['mine', 'theirs']) }),
  z.strictObject({ field, choice: z.literal('other'), value: z.string() }),
]);

const schema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({
    type: z.literal('edit'),
    field,
    value: z.string(),
    revision: z.int().check(z.positive()),
    base: z.string(),
  }),
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
  z.strictObject({ type: z.literal('copy'), what: z.enum(['id', 'traceId']), id: z.string() }),
]) satisfies z.ZodMiniType<PanelIntent>;

export function parseIntent(message: unknown): PanelIntent | undefined {
  return schema.safeParse(message).data;
}

const identity = z.object({
  origin: z.string().check(z.minLength(1)),
  organisationId: z.string().check(z.minLength(1)),
  contactId: z.string().check(z.minLength(1)),
}) satisfies z.ZodMiniType<PanelIdentity>;

/** What the webview kept for VS Code to open the panel again with. */
export function parseIdentity(state: unknown): PanelIdentity | undefined {
  return identity.safeParse(state).data;
}
