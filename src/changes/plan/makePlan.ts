/**
 * Makes a plan for Apply from drafts and readings. Pure: the same input gives the same plan, and nothing else is sent.
 */
import type { ContactRef } from '../../api/contacts';
import type { Resource } from '../../api/http/document';
import { hasThirdValue } from '../../contacts/drafts/choices';
import { type Draft, isEmpty, isProposed } from '../../contacts/drafts/draft';
import { fieldsIn, only } from '../../contacts/model/byField';
import { contactFields, valuesOf } from '../../contacts/model/contact';
import { merge } from '../../contacts/saving/merge';
import { type Exacts, exactValue } from '../../contacts/saving/outgoing';
import type { ContactSaveRequest } from '../../contacts/saving/saveContact';
import { tidiedDraft, toRequest, wrongFields } from '../../contacts/saving/saveRequest';
import type { FieldName } from '../../protocol/fields';
import type { FieldChange, MayBeWrong, Plan, PlanItem, Skipped, SkipReason } from './plan';
import { countsOf, warningsOf } from './planShape';

/** One contact of the scope, with its draft and reading. */
export interface PlanSource {
  readonly ref: ContactRef;
  readonly title: string;
  readonly draft: Draft | undefined;
  /** The last reading from Ctrl Hub; `gone` after a 404 or 410. */
  readonly reading:
    | { readonly kind: 'read'; readonly resource: Resource }
    | { readonly kind: 'unread' }
    | { readonly kind: 'gone' };
  /** Values that an Undo restores exactly, such as null. */
  readonly exact?: Exacts<FieldName> | undefined;
  /** The fields to which the plan is limited, for example those of a file. Without it, all fields of the draft. */
  readonly inScope?: readonly FieldName[] | undefined;
  /** True while a save is in progress. */
  readonly isBusy?: boolean | undefined;
  readonly isExcluded?: boolean | undefined;
}

export function makePlan(
  origin: string,
  sources: readonly PlanSource[],
  mayBeWrong: MayBeWrong = () => false,
): Plan {
  const items: PlanItem[] = [];
  const skipped: Skipped[] = [];
  for (const source of sources) {
    const planned = planOf(source, mayBeWrong);
    if (planned.item) items.push(planned.item);
    skipped.push(...planned.skipped);
  }
  const organisations = new Map<string, number>();
  for (const { ref } of items)
    organisations.set(ref.organisationId, (organisations.get(ref.organisationId) ?? 0) + 1);
  return {
    origin,
    organisations: [...organisations].map(([organisationId, contacts]) => ({ organisationId, contacts })),
    items,
    skipped,
    warnings: warningsOf(items),
    counts: countsOf(items),
  };
}

interface Planned {
  readonly item?: PlanItem;
  readonly skipped: readonly Skipped[];
}

function planOf(
  { ref, title, draft, reading, exact = {}, inScope, isBusy, isExcluded }: PlanSource,
  mayBeWrong: MayBeWrong,
): Planned {
  const skip = (reason: SkipReason, fields: readonly FieldName[] = []): Planned => ({
    skipped: [{ ref, title, reason, fields }],
  });
  if (draft === undefined || isEmpty(draft)) return { skipped: [] };
  if (isExcluded) return skip('excluded', fieldsIn(draft.edits));
  if (isBusy) return skip('busy');
  if (reading.kind !== 'read') return skip(reading.kind);
  const now = valuesOf(reading.resource);
  const whole = toRequest(tidiedDraft(draft, now, exact), exact);
  const request = inScope ? onlyFields(whole, inScope) : whole;
  const left = fieldsIn(whole.edits).filter((field) => request.edits[field] === undefined);
  const beside = left.length > 0 ? skip('leftOut', left).skipped : [];
  const skipAll = (reason: SkipReason, fields: readonly FieldName[]): Planned => ({
    skipped: [...skip(reason, fields).skipped, ...beside],
  });
  if (left.length > 0 && fieldsIn(request.edits).length === 0) return { skipped: beside };
  const wrong = wrongFields(request);
  if (wrong.length > 0) return skipAll('wrong', wrong);
  const { edits, conflicts } = merge(request.base, request.edits, now, request.sent);
  // The user typed a third value for a conflict in the contact's panel, and only the panel can resolve it.
  if (conflicts.length > 0 || hasThirdValue(draft))
    return skipAll(
      'conflict',
      conflicts.map(({ field }) => field),
    );
  const changes = fieldsIn(edits).map((field): FieldChange => {
    const [before, after] = [now[field], edits[field] ?? ''];
    return {
      field,
      before,
      after,
      isEmptied: before !== '' && after === '',
      ...(isProposed(draft, field) && { isProposed: true }),
      ...(mayBeWrong(ref, field, after) && { mayBeWrong: true }),
    };
  });
  if (changes.length === 0) return skipAll('nothing', fieldsIn(request.edits));
  const before = Object.fromEntries(
    changes.map(({ field }) => [field, exactValue(contactFields, reading.resource, field)]),
  );
  return { item: { ref, title, changes, before, request: { ...request, edits } }, skipped: beside };
}

function onlyFields(request: ContactSaveRequest, fields: readonly FieldName[]): ContactSaveRequest {
  const { edits, base, sent = {}, exact = {} } = request;
  return {
    ...request,
    edits: only(edits, fields),
    base: only(base, fields),
    sent: only(sent, fields),
    exact: only(exact, fields),
  };
}
