import assert from 'node:assert/strict';
import { matchesIn } from '../../../../src/contacts/model/fold';

/** As VS Code draws a label with highlights (HighlightedLabel.render, the same in 1.100 and 1.139). */
function drawn(text: string, highlights: readonly (readonly [number, number])[]): string {
  let out = '';
  let at = 0;
  for (const [start, end] of highlights) {
    if (start === end) continue;
    if (at < start) {
      out += text.substring(at, start);
      at = start;
    }
    out += text.substring(at, end);
    at = end;
  }
  return at < text.length ? out + text.substring(at) : out;
}

describe('the words of a filter in a row', () => {
  for (const [name, filter] of [
    ['Jörg Müller', 'muller jo'],
    ['Jörg Müller', 'jo j'],
    ['Anna Hanna', 'an hanna nn'],
    ['Ada Byron', 'ada ada'],
  ] as const)
    it(`leave the name as it is: ${filter}`, () => {
      assert.equal(drawn(name, matchesIn(name, filter)), name);
    });
});
