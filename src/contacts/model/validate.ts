import type { FieldName } from '../../protocol/fields';
import { telephonesIn } from './telephoneText';

/** `wrong` blocks a save. `unusual` is only shown, because the API decides. */
export type Finding =
  | { readonly kind: 'wrong'; readonly what: 'emailWithoutAt' }
  | { readonly kind: 'unusual'; readonly what: 'email' | 'telephone' };

/** The maximum number of characters of a usual address or number. */
const maxLength = 500;

export function validate(field: FieldName, value: string): Finding | undefined {
  const text = value.trim();
  if (text === '') return undefined;
  if (field === 'email' && !text.includes('@')) return { kind: 'wrong', what: 'emailWithoutAt' };
  // The patterns below take long on a text of a million characters.
  if (text.length > maxLength)
    return field === 'email' || field === 'telephone' ? { kind: 'unusual', what: field } : undefined;
  if (field === 'email') {
    return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : { kind: 'unusual', what: 'email' };
  }
  // A field is for one number. Several numbers can be called here, but few other programs support them.
  if (field === 'telephone' && telephonesIn(text).length !== 1) return { kind: 'unusual', what: 'telephone' };
  return undefined;
}
