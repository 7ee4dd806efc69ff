import assert from 'node:assert/strict';
import { asSpreadsheetText } from '../../../../src/base/spreadsheetText';
import { isSameCell, withoutApostrophe } from '../../../../src/changes/file/cells';

describe('a cell as the export wrote it', () => {
  for (const value of [",@,'", "+44 7700 900123; 'home', -2", "Büro; -1; 'Anna'"])
    it(`is the value of the contact: ${value}`, () => {
      const cell = asSpreadsheetText(value);
      assert.ok(
        isSameCell(withoutApostrophe(cell, value), value),
        `${cell} → ${withoutApostrophe(cell, value)}`,
      );
    });
});
