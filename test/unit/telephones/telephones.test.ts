import assert from 'node:assert/strict';
import { toInternational, toReadable } from '../../../src/telephones/telephones';

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

  it('loses no digit but the trunk prefix of its country', () => {
    for (const number of [
      '+44 1 7911 123456',
      '+44 8 7911 123456',
      '+33 1 6 12 34 56 78',
      '+1 8 212 555 0123',
    ]) {
      const written = toInternational(number, undefined) ?? number;
      assert.equal(written.replace(/\D/g, ''), number.replace(/\D/g, ''));
    }
    assert.equal(toInternational('+44 (0)20 7946 0000', undefined), '+44 20 7946 0000');
    assert.equal(toInternational('+44 020 7946 0000', undefined), '+44 20 7946 0000');
    assert.equal(toInternational('+36 06 1 234 5678', undefined), '+36 1 234 5678');
  });

  it('gets the country of its list only if that country has such numbers', () => {
    assert.equal(toInternational('07700 900123', '44'), '+44 7700 900123');
    assert.equal(toInternational('020 7946 0000', '44'), '+44 20 7946 0000');
    for (const other of ['0171 1234567', '0664 1234567', '06 12 34 56 78'])
      assert.equal(toInternational(other, '44'), undefined, other);
  });

  it('has nothing but spaces that was not given, whatever the number is', () => {
    for (let country = 1; country < 1000; country++)
      for (const rest of ['12345678', '201234567', '6123456789', '91123456789']) {
        const given = `+${country}${rest}`;
        assert.equal(toReadable(given).replaceAll(' ', ''), given);
      }
  });
});
