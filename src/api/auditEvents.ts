/**
 * Reads the audit trail (`GET /v3/audit-events`), which not every account may read. Source:
 * https://docs.ctrl-hub.com, page audit-events/get-v3audit-events.
 */
import * as z from 'zod/mini';
import { isExactNumber, toJsonText } from '../base/exactNumbers';
import { parseWith, withFallback } from '../base/parseWith';
import { clip } from '../base/text';
import type { ApiClient } from './http/client';
import type { Resource } from './http/document';
import type { Page } from './page';
import { paths } from './paths';
import { type PageRequest, readPage } from './readPage';

export interface AuditEvent {
  readonly id: string;
  /** An RFC 3339 timestamp, or any other text that the API sent. */
  readonly time: string;
  /** The operation, such as "create" or "update". */
  readonly operation: string;
  readonly resourceId: string;
  /** The ID of the principal that made the change; mostly a user. */
  readonly principalId: string | undefined;
  readonly values: readonly AuditValue[];
}

interface AuditValue {
  /** The attribute's name without its path. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

const text = () => withFallback(z.string(), '');
const schema = z.lazy(() =>
  z.looseObject({
    time: text(),
    operation: text(),
    resource: z.looseObject({ id: z.string() }),
    principal: withFallback(z.optional(z.looseObject({ id: z.optional(z.string()) })), undefined),
    values: withFallback(z.nullish(z.array(z.unknown())), undefined),
  }),
);

const changeSchema = z.lazy(() =>
  z.looseObject({ field: z.string(), before: z.optional(z.unknown()), after: z.optional(z.unknown()) }),
);

/** Limits for one event: the number of values, and the characters of a value that is a list or an object. */
const max = { values: 100, text: 500 } as const;

/** Reads one page of audit events in the background. */
export function listAuditEvents(client: ApiClient, where: PageRequest): Promise<Page> {
  return readPage(client, paths.auditEvents(), { ...where, background: true });
}

/** @returns undefined for an event that names no resource */
export function toAuditEvent({ id, attributes }: Resource): AuditEvent | undefined {
  const data = parseWith(schema, attributes);
  if (data === undefined) return undefined;
  const values = (data.values ?? []).slice(0, max.values).flatMap((value) => {
    const change = parseWith(changeSchema, value);
    return change === undefined
      ? []
      : [{ field: lastPart(change.field), before: plain(change.before), after: plain(change.after) }];
  });
  return {
    id,
    time: data.time,
    operation: data.operation,
    resourceId: data.resource.id,
    principalId: data.principal?.id,
    values,
  };
}

/**
 * Turns a list or an object into text once. A deeply nested value would overflow the stack where it is shown.
 */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isExactNumber(value)) return String(value);
  try {
    return clip(toJsonText(value), max.text);
  } catch {
    return '…';
  }
}

/** Reduces "attributes.first_name" and "/data/attributes/first_name" to "first_name". */
const lastPart = (field: string) => field.split(/[./]/).findLast((part) => part !== '') ?? field;

/**
 * Reads the members of an organisation (`GET …/iam/members`), which give names to user IDs. Source:
 * https://docs.ctrl-hub.com, page organisations/get-v3orgs-iammembers.
 */
export function listMembers(client: ApiClient, organisationId: string): Promise<Page> {
  return readPage(client, paths.members(organisationId), { offset: 0, background: true });
}
