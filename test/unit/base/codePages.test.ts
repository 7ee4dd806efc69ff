import assert from 'node:assert/strict';
import { codePages, fromCodePage, toCodePage } from '../../../src/base/codePages';

describe('a code page', () => {
  it('has the punctuation that Windows has and Latin-1 has not', () => {
    assert.equal(fromCodePage(Uint8Array.of(0x80, 0x8a, 0x92, 0xeb), 'windows-1252'), '€Š’ë');
  });

  it('gives back every text that it can write', () => {
    for (const codePage of codePages) {
      const text = fromCodePage(
        Uint8Array.from({ length: 256 }, (_, n) => n),
        codePage,
      );
      const known = text.replaceAll('\uFFFD', '');
      assert.equal(fromCodePage(toCodePage(known, codePage) ?? assert.fail(), codePage), known);
      assert.equal(toCodePage('汉', codePage), undefined);
    }
  });
});
