/** Searches Ctrl Hub for a sent interaction whose response does not show it. */
import type { ContactRef } from '../../../api/contacts';
import { type Identifier, identityOf, type Resource } from '../../../api/http/document';
import { ApiError, type ApiErrorReason } from '../../../api/http/errors';
import { type Logger, logUnexpected } from '../../../base/log';
import type { Sent } from '../../drafts/interactionDraft';
import type { ContactStore } from '../../lists/contactStore';
import { linked } from '../../model/related';
import type { RelatedStore } from '../../related/relatedStore';
import { matchOf } from './interactionMatch';

/** The maximum number of interactions to read by ID, and of parallel reads. */
const maxRead = 200;
const atOnce = 4;
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
  const read = unread.length > maxRead ? [...unread.slice(-half), ...unread.slice(0, half)] : unread;
  let isWhole = read.length === unread.length;
  let failure: unknown;
  for (let n = 0; n < read.length && !ApiError.is(failure, ...hopeless); n += atOnce) {
    const some = await Promise.all(
      read.slice(n, n + atOnce).map(({ id }) =>
        related.readInteraction(ref.organisationId, id).then(
          ({ resource }) => ({ one: resource }),
          (error: unknown) => ({ error }),
        ),
      ),
    );
    for (const answer of some) {
      if ('one' in answer) {
        if (isIt(answer.one)) return { kind: 'there', one: answer.one };
        if (!answer.one.attributes) isWhole = false;
      } else if (ApiError.is(answer.error, 'unauthorised')) throw answer.error;
      // A deleted interaction does not count.
      else if (!ApiError.is(answer.error, 'notFound')) {
        logUnexpected(log, 'read interaction', answer.error);
        isWhole = false;
        failure ??= answer.error;
      }
    }
  }
  if (alike.length > 0) return { kind: 'alike', ones: alike };
  if (isWhole) return { kind: 'absent' };
  return failure === undefined ? { kind: 'notAllRead' } : { kind: 'notAllRead', error: failure };
}

/** Recognises an interaction by its attributes, because its type is not documented. */
const isInteraction = ({ attributes }: Resource) =>
  attributes?.method !== undefined || attributes?.date_time !== undefined;
