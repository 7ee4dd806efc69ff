/** Text as it is searched: without case, accents and punctuation that nobody types the same way twice. */

/** Letters that Unicode does not take apart. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'ng',
  ŧ: 't',
  ĸ: 'k',
};
const special = new RegExp(`[${Object.keys(letters).join('')}]`, 'g');
const plainAscii = /^[a-z0-9@._+ ]*$/;

export function fold(text: string): string {
  const lower = text.toLowerCase();
  // Most names and addresses need no more than this.
  if (plainAscii.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/[\p{Mn}'’ʼ`´]/gu, '')
    .replace(special, (letter) => letters[letter] ?? letter)
    .replace(/[\s\-‐‑–—,;()/"]+/g, ' ');
}

/** The digits of a telephone number, without the 00 or 0 or + that it may begin with, and "(0)" after a country's. */
export function digitsOf(telephone: string): string {
  return telephone.replace('(0)', '').replace(/\D/g, '').replace(/^0+/, '');
}

/** The digits of what somebody looks for, if it may be a number; else nothing. */
export function numberIn(query: string): string {
  return /^[\d\s().+/-]+$/.test(query) ? digitsOf(query) : '';
}

/** Where in a text the words of a query are: pairs of first and after the last, to be highlighted. */
export function matchesIn(text: string, query: string): readonly (readonly [number, number])[] {
  let folded = '';
  const origins: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const own = fold(text.charAt(at));
    for (let n = 0; n < own.length; n++) origins.push(at);
    folded += own;
  }
  return fold(query)
    .split(' ')
    .filter((term) => term !== '')
    .flatMap((term) => {
      const from = folded.indexOf(term);
      const [first, last] = [origins[from], origins[from + term.length - 1]];
      return first === undefined || last === undefined ? [] : [[first, last + 1] as const];
    });
}
