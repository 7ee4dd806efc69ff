import assert from 'node:assert/strict';
import { toReadable } from '../../../src/telephones/telephones';

describe('a telephone number as people write it', () => {
  it('is grouped as in its country', () => {
    const numbers = {
      '+447700900123': '+44 7700 900123',
      '+442079460958': '+44 20 7946 0958',
      '+441632960000': '+44 1632 960000',
      '+353851234567': '+353 85 123 4567',
      '+33612345678': '+33 6 12 34 56 78',
      '+34910123456': '+34 910 12 34 56',
      '+493012345678': '+49 30 12345678',
      '+390612345678': '+39 06 1234 5678',
      '+12025550123': '+1 202 555 0123',
      '+80012345678': '+800 1234 5678',
    };
    for (const [given, shown] of Object.entries(numbers)) assert.equal(toReadable(given), shown);
  });

  it('keeps the 00 that it was given with', () => {
    assert.equal(toReadable('00447700900123'), '0044 7700 900123');
  });

  it('stays as it was given where it is too short, too long, of no country, or of no known group', () => {
    for (const given of ['+4420794', '+4477009001234', '+999123456789', '+00447700900123', '+44770090012'])
      assert.equal(toReadable(given), given);
  });

  it('is never corrected: a 0 too many stays in sight', () => {
    assert.equal(toReadable('+4407700900123'), '+4407700900123');
  });

  it('has nothing but spaces that was not given, whatever the number is', () => {
    for (let country = 1; country < 1000; country++)
      for (const rest of ['12345678', '201234567', '6123456789', '91123456789']) {
        const given = `+${country}${rest}`;
        assert.equal(toReadable(given).replaceAll(' ', ''), given);
      }
  });
});
