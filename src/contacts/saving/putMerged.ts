/**
 * The careful save of any record: read, merge, PUT, verify. It never sends a value that no user chose, never
 * repeats a PUT that the API may have carried out, and reports "saved" only for values that the API is seen
 * to hold.
 */

import { isDeepStrictEqual } from 'node:util';
import type { ResourceDocument, ResourceUpdate } from '../../api/http/document';
import { ApiError, isOutcomeUnknown } from '../../api/http/errors';
import { strongTag } from '../../api/http/wire';
import { type AllTexts, type Conflict, type RecordFields, type Texts, textsOf } from '../model/recordFields';
import { holdsSent } from '../model/sameValue';
import { afterUpdate } from '../model/update';
import { mergeFields } from './merge';
import {
  type Outgoing,
  type RefusedAttribute,
  refusedAttributes,
  type SaveRequest,
  toOutgoing,
} from './outgoing';
import { type Saved, savedAs } from './saved';

export interface PutApi<F extends string> {
  read(): Promise<ResourceDocument>;
  /**
   * @param etag makes the update conditional on this version; undefined for any version
   * @param beforeSending see `ApiRequest`
   */
  put(
    update: ResourceUpdate,
    etag: string | undefined,
    beforeSending: () => Promise<void>,
  ): Promise<ResourceDocument | undefined>;
  /**
   * Called before each PUT: from now on these values may arrive.
   * @param now the values of the preceding read
   */
  sending?(edits: Texts<F>, now: AllTexts<F>): void;
}

/** The saved part of an update that was not saved completely. */
interface Partly<F extends string> {
  readonly taken: Texts<F>;
}

export type PutOutcome<F extends string> =
  | Saved<F>
  | ({
      readonly kind: 'conflict';
      readonly document: ResourceDocument;
      readonly conflicts: readonly Conflict<F>[];
    } & Partly<F>)
  /** The response was lost, and a read shows that these fields were not saved. */
  | ({
      readonly kind: 'notSaved';
      readonly document: ResourceDocument;
      readonly error: unknown;
      readonly fields: readonly F[];
    } & Partly<F>)
  /** The API reported success but kept the old values of these fields. */
  | ({
      readonly kind: 'ignored';
      readonly document: ResourceDocument;
      readonly fields: readonly F[];
    } & Partly<F>)
  /** The API refuses the names of these attributes; nothing was saved. */
  | {
      readonly kind: 'nameRefused';
      readonly error: ApiError;
      readonly attributes: readonly RefusedAttribute[];
    }
  /** The response was lost, and the read to find out failed as well. */
  | { readonly kind: 'unknown'; readonly error: unknown };

/**
 * The maximum number of attempts after 412 or 409, because a colleague who saves continually must not block
 * this save for ever.
 */
const maxRounds = 3;

const nothing: Texts<never> = {};

/** The credential was renewed after a 401. Nothing was saved, and the update is older than the renewal. */
class UpdateOutdated extends Error {
  override readonly name = 'UpdateOutdated';
}

/**
 * Refuses to send an update again: a renewal takes long, and a colleague may have saved meanwhile.
 * @param isRenewed the update has the renewed credential: a 401 is then about the account, and ends the session
 */
function onceOnly(isRenewed: boolean): () => Promise<void> {
  let isSent = false;
  return async () => {
    if (isSent) throw isRenewed ? new ApiError('unauthorised', { status: 401 }) : new UpdateOutdated();
    isSent = true;
  };
}

type Update<F extends string> = Extract<Outgoing<F>, { kind: 'update' }>;

/** @throws ApiError if the API refused and nothing was saved */
export async function putMerged<F extends string>(
  fields: RecordFields<F>,
  api: PutApi<F>,
  request: SaveRequest<F>,
): Promise<PutOutcome<F>> {
  let read = await readWhole(api);
  let condition: 'tag' | 'newTag' | 'none' = 'tag';
  let isRenewed = false;
  for (let round = 1; ; round++) {
    const outgoing = toOutgoing(fields, read, request);
    if (outgoing.kind === 'conflict')
      return { kind: 'conflict', document: read, conflicts: outgoing.conflicts, taken: nothing };
    // A colleague made the same changes, or they arrived earlier: nothing is left to send.
    if (Object.keys(outgoing.edits).length === 0) return savedAs(fields, read, read, outgoing);
    let answer: ResourceDocument | undefined;
    try {
      api.sending?.(outgoing.edits, textsOf(fields, read.resource));
      const tag = condition === 'none' ? undefined : read.etag;
      answer = await api.put(outgoing.update, tag, onceOnly(isRenewed));
    } catch (error) {
      if (error instanceof UpdateOutdated) {
        isRenewed = true;
        read = await readWhole(api);
        continue;
      }
      if (!(error instanceof ApiError) || isOutcomeUnknown(error))
        return findOut(fields, api, read, request, outgoing, error);
      const attributes = refusedAttributes(error, outgoing);
      if (attributes.length > 0) return { kind: 'nameRefused', error, attributes };
      if (error.reason !== 'conflict' || round >= maxRounds) throw error;
      const before = read;
      read = await readWhole(api);
      if (!isDeepStrictEqual(before.resource.attributes, read.resource.attributes)) continue;
      condition = nextCondition(condition, before, read, error);
      continue;
    }
    return verify(fields, api, read, outgoing, answer);
  }
}

const readWhole = async <F extends string>(api: PutApi<F>) => withAttributes(await api.read());

/**
 * Checks that a read holds all attributes. A PUT replaces all of them, so a PUT based on a read without them
 * would delete those that the user did not edit.
 * @throws ApiError if the read holds none, or came with errors
 */
export function withAttributes(read: ResourceDocument): ResourceDocument {
  if (!read.resource.attributes || read.isPartial) throw new ApiError('badResponse');
  return read;
}

/**
 * Handles a conflict without changed attributes. Only the ETag can be the reason: the API refuses its own
 * tag, or sends another one at each read, so that the tag does not identify a version. The next PUT is
 * unconditional, as for an API without ETags, and based on a fresh read.
 * @throws ApiError if the reason is another one
 */
function nextCondition(
  condition: 'tag' | 'newTag' | 'none',
  before: ResourceDocument,
  now: ResourceDocument,
  error: ApiError,
): 'newTag' | 'none' {
  const { status, problems, traceId } = error;
  const hadTag = condition !== 'none' && strongTag(before.etag) !== undefined;
  // No colleague changed the record, so this is not reported as a conflict.
  if (!hadTag || status !== 412) throw new ApiError('invalid', { status, problems, traceId });
  if (before.etag === now.etag) return 'none';
  return condition === 'newTag' && isDeepStrictEqual(before.resource, now.resource) ? 'none' : 'newTag';
}

/** Verifies an accepted PUT. If the response lacks a sent attribute, the record is read. */
async function verify<F extends string>(
  fields: RecordFields<F>,
  api: PutApi<F>,
  read: ResourceDocument,
  outgoing: Update<F>,
  answer: ResourceDocument | undefined,
): Promise<PutOutcome<F>> {
  const { update, edits } = outgoing;
  const answered = answer?.resource.attributes ?? {};
  const showsEdits = Object.keys(edits).every((name) => Object.hasOwn(answered, name));
  const isWhole = Object.keys(read.resource.attributes ?? {}).every((name) =>
    Object.hasOwn(update.attributes, name),
  );
  let document = answer && showsEdits ? afterUpdate(read, answer) : undefined;
  // Only a read shows whether the omitted attribute is gone.
  if (document === undefined || !isWhole) {
    try {
      document = await readWhole(api);
    } catch (error) {
      if (document === undefined || !(error instanceof ApiError)) return { kind: 'unknown', error };
    }
  }
  const before = textsOf(fields, read.resource);
  const now = textsOf(fields, document.resource);
  const ignored = sentNames(fields, edits).filter((name) => now[name] === before[name]);
  if (ignored.length > 0)
    return { kind: 'ignored', document, fields: ignored, taken: without(edits, ignored) };
  return savedAs(fields, read, document, outgoing);
}

async function findOut<F extends string>(
  fields: RecordFields<F>,
  api: PutApi<F>,
  read: ResourceDocument,
  request: SaveRequest<F>,
  outgoing: Update<F>,
  error: unknown,
): Promise<PutOutcome<F>> {
  let document: ResourceDocument;
  try {
    document = await readWhole(api);
  } catch (failure) {
    return { kind: 'unknown', error: failure instanceof ApiError ? error : failure };
  }
  const { edits } = outgoing;
  const before = textsOf(fields, read.resource);
  const now = textsOf(fields, document.resource);
  const missing = sentNames(fields, edits).filter(
    (name) => !holdsSent(fields.kindOf(name), edits[name] ?? '', before[name], now[name]),
  );
  if (missing.length === 0) return { ...savedAs(fields, read, document, outgoing), error };
  const taken = without(edits, missing);
  const { conflicts } = mergeFields(fields, { ...request, edits: without(edits, Object.keys(taken)) }, now);
  return conflicts.length > 0
    ? { kind: 'conflict', document, conflicts, taken }
    : { kind: 'notSaved', document, error, fields: missing, taken };
}

const sentNames = <F extends string>({ names }: RecordFields<F>, edits: Texts<F>) =>
  names.filter((name) => edits[name] !== undefined);

function without<F extends string>(edits: Texts<F>, names: readonly string[]): Texts<F> {
  const kept = Object.entries(edits).filter(([name]) => !names.includes(name));
  return Object.fromEntries(kept) as Texts<F>;
}
