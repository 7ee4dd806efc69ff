/** What a webview may say to the host: everything else is dropped, and logged without its content. */
import * as z from 'zod';
import { fieldNames } from '../contacts/contact';
import type { PanelIntent } from '../protocol/intents';

const schema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({
    type: z.literal('edit'),
    field: z.enum(fieldNames),
    value: z.string(),
    revision: z.number().int().positive(),
  }),
  z.strictObject({ type: z.literal('save') }),
  z.strictObject({ type: z.literal('revert') }),
  z.strictObject({ type: z.literal('retry') }),
  z.strictObject({ type: z.literal('signIn') }),
  z.strictObject({ type: z.literal('showLog') }),
  z.strictObject({ type: z.literal('copy'), what: z.enum(['id', 'traceId']), id: z.string() }),
]) satisfies z.ZodType<PanelIntent>;

export function parseIntent(message: unknown): PanelIntent | undefined {
  return schema.safeParse(message).data;
}
