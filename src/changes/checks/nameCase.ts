/** Converts a name in capitals to its usual case. */
import type { FieldName } from '../../protocol/fields';

/** Shorter words in capitals may be initials. */
const minLetters = 3;

export function isCapitals(text: string): boolean {
  if (!/\p{Lu}/u.test(text) || /[\p{Ll}\p{Lt}]/u.test(text)) return false;
  return (text.match(/\p{L}[\p{L}\p{M}'’]*/gu) ?? []).some((word) => [...word].length >= minLetters);
}

/** Words of a last name that stay lowercase before the next word: `de la Cruz`, `van der Berg`, `ap Rhys`. */
const particles = new Set(
  'de,del,dela,della,delle,dello,di,da,do,dos,das,du,des,van,von,vom,der,den,ter,ten,zu,zum,zur,af,av,y,e,ap,ab,bin,ibn'.split(
    ',',
  ),
);
/** Words that are lowercase only after another particle: `de la Cruz`, but `La Rue`. */
const articles = new Set(['la', 'las', 'le', 'les', 'los', 'lo', 'het', "'t"]);
const roman = /^(?:II|III|IV|VI{0,3}|IX)$/;

export function toNameCase(field: FieldName, text: string): string {
  // Turkish has a dotted and a dotless I. These letters are in Turkish names only.
  const isTurkish = /[İĞ]/.test(text);
  // This one is also in Romanian names, whose I has its usual lowercase form.
  if (!isTurkish && /Ş/.test(text) && text.includes('I')) return text;
  const locale = isTurkish ? 'tr' : 'und';
  const words = text.split(/(\s+)/);
  let isAfterParticle = false;
  return words
    .map((word, n) => {
      if (n % 2 === 1 || word === '') return word;
      const small = word.toLocaleLowerCase(locale);
      const isLast = words.slice(n + 1).every((other, m) => m % 2 === 0 || other === '');
      const isParticle =
        field === 'last_name' &&
        !isLast &&
        (particles.has(small) || (isAfterParticle && articles.has(small)));
      isAfterParticle = isParticle;
      if (isParticle) return small;
      return n > 0 && roman.test(word) ? word : capitalised(small, locale);
    })
    .join('');
}

/** Keeps a letter whose uppercase form has two letters. */
function upper(letter: string, locale: string): string {
  const capital = letter.toLocaleUpperCase(locale);
  return capital.length === letter.length ? capital : letter;
}

function capitalised(word: string, locale: string): string {
  return (
    word
      // Capitals follow the beginning, a hyphen, a dot or a bracket, and an apostrophe if more than one letter follows.
      .replace(
        /(^|[-‐–.(/"“])(\p{L})/gu,
        (_, before: string, letter: string) => before + upper(letter, locale),
      )
      .replace(
        /(?<=\p{L})(['’])(\p{L})(?=\p{L})/gu,
        (_, mark: string, letter: string) => mark + upper(letter, locale),
      )
      .replace(
        /(^|-)Mc(\p{L})(?=\p{L})/gu,
        (_, before: string, letter: string) => `${before}Mc${upper(letter, locale)}`,
      )
      // Dutch names have a consonant here: IJssel, but Ijaz and Ijeoma.
      .replace(/(^|-)Ij(?=[bcdfghjklmnpqrstvwxz])/gu, '$1IJ')
  );
}
