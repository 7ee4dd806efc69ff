import assert from 'node:assert/strict';
import { codePages, fromCodePage } from '../../../src/base/codePages';
import { toCodePage } from '../../../src/changes/file/toCodePage';

describe('a code page', () => {
  it('has the punctuation that Windows has and Latin-1 has not', () => {
    assert.equal(fromCodePage(Uint8Array.of(0x80, 0x8a, 0x92, 0xeb), 'windows-1252'), '€Š’ë');
  });

  it('of MS-DOS has the letters that Excel writes there', () => {
    assert.equal(fromCodePage(Uint8Array.of(0x4a, 0x6f, 0x73, 0x82, 0x84, 0xe1), 'ibm850'), 'Joséäß');
    assert.equal(fromCodePage(Uint8Array.of(0xfd, 0x9d, 0xff), 'ibm852'), 'řŁ\xa0');
    assert.equal(fromCodePage(Uint8Array.of(0xe0, 0xa4), 'ibm437'), 'αñ');
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
