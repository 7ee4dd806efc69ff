/** Compares the sent values with those that the API holds after a save. */
import type { ResourceDocument } from '../../api/http/document';
import { type RecordFields, type Texts, textsOf } from '../model/recordFields';
import { sameFieldValue } from '../model/sameValue';
import { changedAttributes } from './merge';

/** A field whose saved value differs from the sent one by more than normalisation. */
interface Difference<F extends string> {
  readonly field: F;
  readonly sent: string;
  readonly saved: string;
}

export interface Saved<F extends string> {
  readonly kind: 'saved';
  readonly document: ResourceDocument;
  /** The read before the PUT: it has the previous values, and a colleague's changes. */
  readonly read: ResourceDocument;
  readonly differences: readonly Difference<F>[];
  /** The names of attributes that the user did not edit and that the API changed during the save. */
  readonly alsoChanged: readonly string[];
  /** The names of attributes that were left out with the user's agreement. */
  readonly leftOut: readonly string[];
  /** Set if the response was lost and a read shows that all values were saved. */
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
