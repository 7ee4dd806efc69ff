/**
 * The careful save: read the latest, merge, send the whole, check the answer. It never sends a value that
 * nobody chose, never sends one twice, and finds out what became of a request whose answer was lost.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ContactDocument, ContactUpdate } from '../api/contacts';
import { ApiError } from '../api/errors';
import { type FieldName, fieldNames, isFieldName } from './contact';
import { changedAttributes, type FieldConflict, merge, type Values, valuesOf } from './merge';
import { sameButForTidying } from './sameValue';
import { afterUpdate, type Edits, toUpdate } from './update';

/** What a save needs of the API. */
export interface SaveApi {
  read(): Promise<ContactDocument>;
  /** `etag` of the reading that the update was made from, if it had one. */
  put(update: ContactUpdate, etag: string | undefined): Promise<ContactDocument | undefined>;
  /**
   * Attributes, each with its value, that the API gives but does not take back; grows when it refuses one by
   * name. With another value it may be fine, and a PUT without it would take it from another contact.
   */
  readonly refused: Set<string>;
}

/** A field that holds something else than what was sent, beyond mere tidying. */
interface Difference {
  readonly field: FieldName;
  readonly sent: string;
  readonly saved: string;
}

export interface Saved {
  readonly kind: 'saved';
  readonly document: ContactDocument;
  /** The values before, as read just before the save. */
  readonly before: Values;
  /** The reading that was merged with: what a colleague changed is in it. */
  readonly read: ContactDocument;
  readonly differences: readonly Difference[];
  /** Attributes that nobody edited here and that the answer gives otherwise than they were sent, by name. */
  readonly alsoChanged: readonly string[];
  /** Attributes that the API refused by name, now or before, and that were left out for it. */
  readonly leftOut: readonly string[];
}

export type SaveOutcome =
  | Saved
  | {
      readonly kind: 'conflict';
      readonly document: ContactDocument;
      readonly conflicts: readonly FieldConflict[];
    }
  /** The answer was lost, and reading again showed that nothing was saved. */
  | { readonly kind: 'notSaved'; readonly document: ContactDocument; readonly error: ApiError }
  /** The API said that it saved, and kept the old values of some fields. What it took is in the document. */
  | {
      readonly kind: 'notTaken';
      readonly document: ContactDocument;
      readonly fields: readonly FieldName[];
    }
  /** The answer was lost, and so was the one to reading again. */
  | { readonly kind: 'unknown'; readonly error: ApiError };

/** Refused by 412 or 409, the merge begins anew; somebody who saves every second must not keep us for ever. */
const mostRounds = 3;

type Outgoing =
  | { readonly kind: 'conflict'; readonly conflicts: readonly FieldConflict[] }
  /** `edits` are what the API does not have yet; without any, a save sends nothing. */
  | { readonly kind: 'update'; readonly update: ContactUpdate; readonly edits: Edits };

/** What a save sends by this reading of the contact, without the attributes that the API does not take back. */
export function toOutgoing(
  { resource }: ContactDocument,
  base: Edits,
  edits: Edits,
  refused: ReadonlySet<string>,
): Outgoing {
  const merged = merge(base, edits, valuesOf(resource));
  if (merged.conflicts.length > 0) return { kind: 'conflict', conflicts: merged.conflicts };
  return {
    kind: 'update',
    update: without(toUpdate(resource, merged.edits), refused),
    edits: merged.edits,
  };
}

/** @throws ApiError when the API refused, and nothing was saved */
export async function saveContact(api: SaveApi, base: Edits, edits: Edits): Promise<SaveOutcome> {
  let latest = await api.read();
  for (let round = 1; ; round++) {
    const before = valuesOf(latest.resource);
    const outgoing = toOutgoing(latest, base, edits, api.refused);
    if (outgoing.kind === 'conflict') {
      return { kind: 'conflict', document: latest, conflicts: outgoing.conflicts };
    }
    const { update } = outgoing;
    const leftOut = Object.keys(latest.resource.attributes ?? {}).filter(
      (name) => !Object.hasOwn(update.attributes, name),
    );
    // Somebody has made the very same changes: there is nothing to send.
    if (Object.keys(outgoing.edits).length === 0) return saved(latest, latest, before, {}, []);
    try {
      const answer = await api.put(update, latest.etag);
      const known = afterUpdate(latest, answer ?? { resource: { ...update }, included: [] });
      // Whether what was left out is gone only a reading tells. If there is none, what was sent is shown.
      const isWhole = answer !== undefined && leftOut.length === 0;
      const document = isWhole ? known : await api.read().catch(() => known);
      const ignored = notTaken(document, before, outgoing.edits);
      if (ignored.length > 0) return { kind: 'notTaken', document, fields: ignored };
      return saved(document, latest, before, outgoing.edits, leftOut);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (mayBeDone(error)) return findOut(api, latest, base, edits, leftOut, error);
      const names = round < mostRounds ? refusedNames(error, update) : [];
      for (const name of names) api.refused.add(refusalOf(name, update.attributes[name]));
      if (names.length > 0) continue;
      if (error.reason !== 'conflict' || round >= mostRounds) throw error;
      const old = latest;
      latest = await api.read();
      // A refusal that has nothing to do with a change of the contact would only be repeated.
      if (sameVersion(old, latest)) throw error;
    }
  }
}

/** The request may have been carried out although its answer was lost or makes no sense. */
export function mayBeDone({ reason }: ApiError): boolean {
  return [
    'unreachable',
    'timedOut',
    'server',
    'notUnderstood',
    'errorDocument',
    'tooLarge',
    'redirected',
  ].includes(reason);
}

async function findOut(
  api: SaveApi,
  latest: ContactDocument,
  base: Edits,
  edits: Edits,
  leftOut: readonly string[],
  error: ApiError,
): Promise<SaveOutcome> {
  let document: ContactDocument;
  try {
    document = await api.read();
  } catch {
    return { kind: 'unknown', error };
  }
  const now = valuesOf(document.resource);
  // The API may have tidied what it saved: that is our value all the same.
  const missing = fieldNames.filter((field) => {
    const mine = edits[field];
    return mine !== undefined && mine !== base[field] && !sameButForTidying(field, mine, now[field]);
  });
  if (missing.length === 0) return saved(document, latest, valuesOf(latest.resource), edits, leftOut);
  const rest = Object.fromEntries(missing.map((field) => [field, edits[field] ?? '']));
  const { conflicts } = merge(base, rest, now);
  return conflicts.length > 0
    ? { kind: 'conflict', document, conflicts }
    : { kind: 'notSaved', document, error };
}

/** Fields that hold what they held before, although something else was sent. */
function notTaken({ resource }: ContactDocument, before: Values, sent: Edits): readonly FieldName[] {
  const now = valuesOf(resource);
  return fieldNames.filter((field) => {
    const value = sent[field];
    return (
      value !== undefined && now[field] === before[field] && !sameButForTidying(field, value, now[field])
    );
  });
}

function saved(
  document: ContactDocument,
  read: ContactDocument,
  before: Values,
  sent: Edits,
  leftOut: readonly string[],
): Saved {
  const now = valuesOf(document.resource);
  const differences = fieldNames.flatMap((field) => {
    const value = sent[field];
    if (value === undefined || sameButForTidying(field, value, now[field])) return [];
    return [{ field, sent: value, saved: now[field] }];
  });
  const alsoChanged = changedAttributes(read.resource, document.resource).filter(
    (name) => !(isFieldName(name) && (sent[name] !== undefined || before[name] === now[name])),
  );
  return { kind: 'saved', document, before, read, differences, alsoChanged, leftOut };
}

function without(update: ContactUpdate, refused: ReadonlySet<string>): ContactUpdate {
  const kept = Object.entries(update.attributes).filter((one) => !refused.has(refusalOf(...one)));
  return { ...update, attributes: Object.fromEntries(kept) };
}

const refusalOf = (name: string, value: unknown) => JSON.stringify([name, value]);

/**
 * Attributes that nobody edits here, were sent, and are refused by name; none if a field is among them. Only
 * a 400 can mean that a name does not belong there: 422 is about a value, and to leave that out would delete it.
 */
function refusedNames(error: ApiError, update: ContactUpdate): string[] {
  if (error.status !== 400) return [];
  const names = error.problems.map(({ field }) => field).filter((name) => name !== undefined);
  if (names.some(isFieldName)) return [];
  return [...new Set(names)].filter((name) => Object.hasOwn(update.attributes, name));
}

function sameVersion(one: ContactDocument, other: ContactDocument): boolean {
  return one.etag === other.etag && isDeepStrictEqual(one.resource.attributes, other.resource.attributes);
}
