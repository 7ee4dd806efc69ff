/** Searches Ctrl Hub for a sent interaction whose response does not show it. */
import type { ContactRef } from '../../../api/contacts';
import { type Identifier, identityOf, type Resource } from '../../../api/http/document';
import { ApiError, type ApiErrorReason } from '../../../api/http/errors';
import { atOnce } from '../../../base/concurrency';
import { type Logger, logUnexpected } from '../../../base/log';
import type { Sent } from '../../drafts/interactionDraft';
import type { ContactStore } from '../../lists/contactStore';
import { linked } from '../../model/related';
import type { RelatedStore } from '../../related/relatedStore';
import { matchOf } from './interactionMatch';

/** The maximum number of interactions to read by ID. */
const maxRead = 200;
/** After these errors, reading the next interaction would fail in the same way. */
const hopeless: readonly ApiErrorReason[] = ['rateLimited', 'unreachable', 'timedOut', 'untrusted'];

export type FoundInteraction =
  | { readonly kind: 'there'; readonly one: Resource }
  /** All interactions were read, and none matches. */
  | { readonly kind: 'absent' }
  /** One of these may be the sent interaction. */
  | { readonly kind: 'alike'; readonly ones: readonly Resource[] }
  /** Some interactions could not be read, and one of them may be the sent one. */
  | { readonly kind: 'notAllRead'; readonly error?: unknown };

/** @throws the errors of reading the contact */
export async function findInteraction(
  contacts: ContactStore,
  related: RelatedStore,
  ref: ContactRef,
  { values, before = [] }: Sent,
  log: Logger,
): Promise<FoundInteraction> {
  const { resource, included } = await contacts.load(ref);
  const links = linked(resource, 'interactions');
  const old = new Set(before);
  const came = new Map(included.map((one) => [identityOf(one), one]));
  const all = (links ?? included).filter((one) => !old.has(identityOf(one)));
  const alike: Resource[] = [];
  /** @returns true for the sent interaction */
  const isIt = (one: Resource) => {
    const match = matchOf(one, values);
    if (match === 'alike' && (links !== undefined || isInteraction(one))) alike.push(one);
    return match === 'same';
  };
  const unread: Identifier[] = [];
  for (const link of all) {
    const one = came.get(identityOf(link));
    if (one === undefined || !one.attributes) unread.push(link);
    else if (isIt(one)) return { kind: 'there', one };
  }
  // The API does not list the contact's interactions.
  if (links === undefined) return alike.length > 0 ? { kind: 'alike', ones: alike } : { kind: 'notAllRead' };

  // The newest interaction is the first or the last one, depending on the order.
  const half = maxRead / 2;
  const some = unread.length > maxRead ? [...unread.slice(-half), ...unread.slice(0, half)] : unread;
  const read = async ({ id }: Identifier) => (await related.readInteraction(ref.organisationId, id)).resource;
  const { found, isWhole, error } = await readUntil(some, read, isIt, log);
  if (found) return { kind: 'there', one: found };
  if (alike.length > 0) return { kind: 'alike', ones: alike };
  if (isWhole && some.length === unread.length) return { kind: 'absent' };
  return error === undefined ? { kind: 'notAllRead' } : { kind: 'notAllRead', error };
}

interface ReadInteractions {
  readonly found?: Resource;
  /** True if all interactions were read with their attributes, or do not exist any more. */
  readonly isWhole: boolean;
  /** The first error. */
  readonly error?: unknown;
}

/**
 * Reads interactions until it finds the sent one, or until an error shows that reading on is hopeless.
 * @throws ApiError if the session has ended
 */
async function readUntil(
  links: readonly Identifier[],
  read: (link: Identifier) => Promise<Resource>,
  isIt: (one: Resource) => boolean,
  log: Logger,
): Promise<ReadInteractions> {
  let isWhole = true;
  let failure: unknown;
  for (let n = 0; n < links.length && !ApiError.is(failure, ...hopeless); n += atOnce) {
    const answers = await Promise.allSettled(links.slice(n, n + atOnce).map(read));
    for (const answer of answers) {
      if (answer.status === 'fulfilled') {
        if (isIt(answer.value)) return { found: answer.value, isWhole };
        if (!answer.value.attributes) isWhole = false;
        continue;
      }
      const error: unknown = answer.reason;
      if (ApiError.is(error, 'unauthorised')) throw error;
      // A deleted interaction does not count.
      if (ApiError.is(error, 'notFound')) continue;
      logUnexpected(log, 'read interaction', error);
      isWhole = false;
      failure ??= error;
    }
  }
  return { isWhole, error: failure };
}

/** Recognises an interaction by its attributes, because its type is not documented. */
const isInteraction = ({ attributes }: Resource) =>
  attributes?.method !== undefined || attributes?.date_time !== undefined;
