import assert from 'node:assert/strict';
import plans from 'libphonenumber-js/metadata.min.json';
import { splitInternational, trunkPrefix } from '../../../src/base/callingCodes';

describe('the calling codes that a search knows', () => {
  const { country_calling_codes: codes, countries } = plans;

  it('are those of the numbering plans', () => {
    for (const callingCode of Object.keys(codes))
      assert.deepEqual(splitInternational(`${callingCode}2345678`), { callingCode, national: '2345678' });
  });

  it('have the trunk prefixes of the numbering plans', () => {
    for (const [callingCode, names] of Object.entries(codes))
      for (const name of names) {
        const prefix = countries[name]?.[5] || '0';
        assert.equal(trunkPrefix(callingCode) ?? '0', prefix, `${name} ${callingCode}`);
      }
  });
});
