/**
 * The calling codes and trunk prefixes of the world, as a search needs them at each keystroke. The numbering
 * plans in `src/telephones` hold much more and load later; a test compares the two.
 */

/** Codes of one and two digits; all others have three. No code begins with another one. */
const shortCode = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** Trunk prefixes other than 0. Searches drop a leading 0 in every country. */
const trunkPrefixes: Readonly<Record<string, string>> = {
  '1': '1',
  '7': '8',
  '36': '06',
  '375': '8',
  '692': '1',
  '993': '8',
};

export interface International {
  readonly callingCode: string;
  /** The digits that are dialled after the calling code, including the 0 in countries that keep it. */
  readonly national: string;
}

/** @param digits the digits after "+" or "00" */
export function splitInternational(digits: string): International | undefined {
  if (!/^[1-9]/.test(digits)) return undefined;
  const callingCode = shortCode.exec(digits)?.[0] ?? digits.slice(0, 3);
  return { callingCode, national: digits.slice(callingCode.length) };
}

export const trunkPrefix = (callingCode: string) => trunkPrefixes[callingCode];
