import type { FieldName } from './contact';

/**
 * Whether two values of a field are the same but for how an API tidies them: white space, the form of
 * accented letters, the case of an e-mail address, the punctuation of a telephone number.
 */
export function sameButForTidying(field: FieldName, one: string, other: string): boolean {
  const [a, b] = [tidy(one), tidy(other)];
  if (a === b) return true;
  if (field === 'email') return a.toLowerCase() === b.toLowerCase();
  if (field === 'telephone') return digits(a) !== '' && digits(a) === digits(b);
  return false;
}

const tidy = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
const digits = (text: string) => text.replace(/[\s().-]/g, '');
