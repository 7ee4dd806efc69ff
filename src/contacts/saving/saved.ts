/** What became of the values that were sent, once the API holds them. */
import type { ResourceDocument } from '../../api/http/document';
import { type RecordFields, type Texts, textsOf } from '../model/recordFields';
import { sameFieldValue } from '../model/sameValue';
import { changedAttributes } from './merge';

/** A field that holds something else than what was sent, beyond mere tidying. */
interface Difference<F extends string> {
  readonly field: F;
  readonly sent: string;
  readonly saved: string;
}

export interface Saved<F extends string> {
  readonly kind: 'saved';
  readonly document: ResourceDocument;
  /** The reading that was merged with: the values before, and what a colleague changed. */
  readonly read: ResourceDocument;
  readonly differences: readonly Difference<F>[];
  /** Attributes that nobody edited here and that the answer gives otherwise than they were sent, by name. */
  readonly alsoChanged: readonly string[];
  /** Attributes that were left out as the person agreed, by name. */
  readonly leftOut: readonly string[];
  /** Set where the answer was lost, and reading again showed that all was saved. */
  readonly error?: unknown;
}

export function savedAs<F extends string>(
  fields: RecordFields<F>,
  read: ResourceDocument,
  document: ResourceDocument,
  { edits, leftOut }: { readonly edits: Texts<F>; readonly leftOut: readonly string[] },
): Saved<F> {
  const before = textsOf(fields, read.resource);
  const now = textsOf(fields, document.resource);
  const differences = fields.names.flatMap((field) => {
    const sent = edits[field];
    if (sent === undefined || sameFieldValue(fields.kindOf(field), sent, now[field])) return [];
    return [{ field, sent, saved: now[field] }];
  });
  const isField = (name: string): name is F => fields.names.some((field) => field === name);
  const alsoChanged = changedAttributes(read.resource, document.resource).filter(
    (name) => !(isField(name) && (edits[name] !== undefined || before[name] === now[name])),
  );
  return { kind: 'saved', document, read, differences, alsoChanged, leftOut };
}
