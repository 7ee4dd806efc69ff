/** A save's answer may come after a page or a reading that was asked for later. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../../api/http/document';
import { parseTimestamp } from '../../base/timestamp';

/**
 * Whether a copy of a contact that was asked for while its PUT was on its way tells of a change after that PUT.
 * @param before the contact as it was read before the PUT, which the copy may still show
 */
export function isLater(copy: Resource, answer: Resource, before: Resource | undefined): boolean {
  if (hasAttributesOf(copy, answer)) return false;
  const [time, answered] = [timeOf(copy), timeOf(answer)];
  if (time !== answered && !Number.isNaN(time) && !Number.isNaN(answered)) return time > answered;
  return before === undefined || !hasAttributesOf(copy, before);
}

const timeOf = ({ meta }: Resource) => parseTimestamp(meta?.modified_at ?? meta?.updated_at);

/** A row of a list may have fewer attributes than the contact alone. */
const hasAttributesOf = (copy: Resource, { attributes }: Resource) =>
  Object.entries(copy.attributes ?? {}).every(([name, value]) =>
    isDeepStrictEqual(value, attributes?.[name]),
  );
