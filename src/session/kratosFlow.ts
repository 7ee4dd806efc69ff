/**
 * Parses a login flow of Ory Kratos: its messages, and the next step. Parsing is loose, because each
 * configuration has its own flows. Source: https://www.ory.sh/docs/kratos, self-service flows; text/id.go.
 */
import * as z from 'zod/mini';
import { parseWith, withFallback } from '../base/parseWith';
import { parseTimestamp } from '../base/timestamp';
import type { AuthAnswer } from './authServer';
import { isSendable } from './credentials';

/** A second step that needs a code. */
export type CodeStep =
  | { readonly method: 'totp' | 'lookup_secret' }
  /**
   * Kratos sends a code to `address`, an email address or a telephone number; older versions do not name it.
   */
  | { readonly method: 'code'; readonly address?: string };
/** A step that this extension does not support. */
export type OtherStep = 'browser' | 'sso' | 'securityKey' | 'passkey' | 'unknown';

export interface FlowMessage {
  readonly id: number;
  /** Server text. */
  readonly text: string;
}

/** A login flow. Every message in it is an error. */
export interface Flow {
  readonly id: string;
  readonly errors: readonly FlowMessage[];
  /** True if the flow lists no inputs. */
  readonly bare: boolean;
  readonly password: boolean;
  readonly codes: readonly CodeStep[];
  readonly others: readonly OtherStep[];
  /** True if Kratos has sent a code and the flow asks for it. */
  readonly codeSent: boolean;
}

const text = () => withFallback(z.string(), '');
const messages = () =>
  withFallback(z.array(z.looseObject({ id: z.number(), text: text(), type: text() })), []);
const node = z.lazy(() =>
  z.looseObject({
    group: text(),
    attributes: z.looseObject({ name: text(), type: text(), value: z.optional(z.unknown()) }),
    messages: messages(),
  }),
);
const flow = z.lazy(() =>
  z.looseObject({
    id: z.string().check(z.minLength(1)),
    ui: z.optional(z.looseObject({ messages: messages(), nodes: withFallback(z.array(node), []) })),
  }),
);
const failure = z.lazy(() => z.looseObject({ error: z.looseObject({ id: text() }) }));
const session = z.lazy(() => z.looseObject({ expires_at: withFallback(z.optional(z.string()), undefined) }));
const success = z.lazy(() =>
  z.looseObject({
    session_token: z.optional(z.string().check(z.refine(isSendable))),
    session: z.optional(session),
  }),
);

/** A Map, because a group may be called `constructor`. */
const otherGroups: ReadonlyMap<string, OtherStep> = new Map([
  ['oidc', 'sso'],
  ['saml', 'sso'],
  ['webauthn', 'securityKey'],
  ['passkey', 'passkey'],
]);
/** Groups that need no step of their own. */
const quiet = ['default', 'password', 'identifier_first', 'totp', 'lookup_secret', 'code'];

export function parseFlow(body: unknown): Flow | undefined {
  const data = parseWith(flow, body);
  if (data === undefined) return undefined;
  const { nodes = [], messages: general = [] } = data.ui ?? {};
  const has = (group: string) => nodes.some((one) => one.group === group);
  const asksFor = (name: string) => nodes.some(({ attributes }) => attributes.name === name);
  const codes: CodeStep[] = [];
  if (asksFor('totp_code')) codes.push({ method: 'totp' });
  if (asksFor('lookup_secret')) codes.push({ method: 'lookup_secret' });
  codes.push(...codeSteps(nodes));
  const others = nodes.flatMap(({ group }) =>
    quiet.includes(group) ? [] : [otherGroups.get(group) ?? ('unknown' as const)],
  );
  return {
    id: data.id,
    errors: [...general, ...nodes.flatMap((one) => one.messages)]
      .filter(({ type, id }) => type === 'error' || (type === '' && id >= 4_000_000))
      .map(({ id, text }) => ({ id, text })),
    bare: nodes.length === 0,
    password: has('password') || has('identifier_first'),
    codes,
    others: [...new Set(others)],
    codeSent: asksFor('code'),
  };
}

/**
 * Finds the codes that Kratos offers to send or has sent. Before the choice, the flow has a button for each
 * address; after it, the address comes back as a hidden identifier. Source: populateChooseMethodFlow and
 * populateEmailSentFlow in Kratos' selfservice/strategy/code/strategy.go.
 */
function codeSteps(nodes: readonly z.infer<typeof node>[]): readonly CodeStep[] {
  const inputs = nodes.filter(({ group }) => group === 'code').map(({ attributes }) => attributes);
  if (inputs.length === 0) return [];
  const isSent = inputs.some(({ name }) => name === 'code');
  const addresses = nodes.flatMap(({ attributes: { name, type, value } }) => {
    const isAddress = isSent ? name === 'identifier' && type === 'hidden' : name === 'address';
    return isAddress && typeof value === 'string' && value !== '' ? [value] : [];
  });
  const [address] = addresses;
  if (address === undefined) return [{ method: 'code' }];
  // With several addresses, Kratos sets all hidden identifiers to the chosen value.
  return isSent
    ? [{ method: 'code', address }]
    : [...new Set(addresses)].map((one) => ({ method: 'code', address: one }));
}

/** The ID of a Kratos error, such as `session_aal2_required`. */
export function errorIdOf({ body }: AuthAnswer): string {
  return parseWith(failure, body)?.error.id ?? '';
}

/** Parses a session: its token if it is new, and its expiry in milliseconds since 1970 if Kratos sent it. */
export function parseSuccess(body: unknown): { token?: string | undefined; expiresAt?: number } | undefined {
  const data = parseWith(success, body);
  if (data === undefined) return undefined;
  const end = endOf(data.session);
  return { token: data.session_token, ...(end === undefined ? {} : { expiresAt: end }) };
}

function endOf(given: z.infer<typeof session> | undefined): number | undefined {
  const end = parseTimestamp(given?.expires_at);
  return Number.isNaN(end) ? undefined : end;
}

/** Parses the expiry of a session in a response of `/sessions/whoami`. */
export function parseEnd(body: unknown): number | undefined {
  return endOf(parseWith(session, body));
}
