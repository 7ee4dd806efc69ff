/**
 * Who changed what, where the account may read it: `GET /v3/audit-events`.
 * Source: https://docs.ctrl-hub.com, page audit-events/get-v3audit-events.
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
  /** RFC 3339, or whatever else came. */
  readonly time: string;
  /** "create", "update" and the like. */
  readonly operation: string;
  readonly resourceId: string;
  /** Who did it: the id of a user, most often. */
  readonly principalId: string | undefined;
  readonly values: readonly AuditValue[];
}

interface AuditValue {
  /** An attribute's name, without what it is in. */
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

/** Nobody reads more of one event, nor of a value that is a list or an object. */
const most = { values: 100, text: 500 } as const;

export function listAuditEvents(client: ApiClient, where: PageRequest): Promise<Page> {
  return readPage(client, paths.auditEvents(), { ...where, beside: true });
}

/** @returns undefined for what does not say what it is about */
export function toAuditEvent({ attributes }: Resource): AuditEvent | undefined {
  const data = parseWith(schema, attributes);
  if (data === undefined) return undefined;
  const values = (data.values ?? []).slice(0, most.values).flatMap((value) => {
    const change = parseWith(changeSchema, value);
    return change === undefined
      ? []
      : [{ field: lastPart(change.field), before: plain(change.before), after: plain(change.after) }];
  });
  return {
    time: data.time,
    operation: data.operation,
    resourceId: data.resource.id,
    principalId: data.principal?.id,
    values,
  };
}

/** A list or an object becomes text here, once: one that nests without end would fill the stack where it is shown. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isExactNumber(value)) return String(value);
  try {
    return clip(toJsonText(value), most.text);
  } catch {
    return '…';
  }
}

/** "attributes.first_name" and "/data/attributes/first_name" are about first_name. */
const lastPart = (field: string) => field.split(/[./]/).findLast((part) => part !== '') ?? field;

/** The members of an organisation, by whom ids of users get names. */
export function listMembers(client: ApiClient, organisationId: string): Promise<Page> {
  return readPage(client, paths.members(organisationId), { offset: 0, beside: true });
}
