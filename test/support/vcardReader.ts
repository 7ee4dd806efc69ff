/**
 * Reads vCards strictly by RFC 6350 and RFC 2426: unfolds lines, splits values at unescaped separators, and
 * removes escapes. It shares no code with the library that writes them.
 */
type Card = Readonly<Record<string, readonly string[]>>;

/** In 4.0, a semicolon separates parts only in these values. */
const divided = ['N', 'ORG'];

export function readVcards(file: string): readonly Card[] {
  if (file !== '' && !file.endsWith('\r\n')) throw new Error('the last line does not end');
  const cards: Record<string, string[]>[] = [];
  for (const line of file.replaceAll('\r\n ', '').split('\r\n').slice(0, -1)) {
    const [, name = '', value = ''] = /^([A-Z]+)(?:;[^:]*)?:(.*)$/su.exec(line) ?? [];
    if (name === '' || /[\r\n]/.test(line)) throw new Error(`not a line of a card: ${line}`);
    const card = cards.at(-1);
    if (name === 'BEGIN') cards.push({});
    else if (card?.[name]) throw new Error(`${name} twice`);
    else if (card && name !== 'END')
      card[name] = partsOf(value, divided.includes(name) || card.VERSION?.[0] === '3.0');
  }
  return cards;
}

function partsOf(value: string, isDivided: boolean): string[] {
  const parts = [''];
  for (const [token] of value.matchAll(/\\?./gsu)) {
    if (token === ',') throw new Error('a comma that is not escaped');
    if (token === ';' && isDivided) parts.push('');
    else parts.push(`${parts.pop()}${/^\\n$/i.test(token) ? '\n' : token.replace(/^\\(?=.)/su, '')}`);
  }
  return parts;
}
