/**
 * Compares an interaction of Ctrl Hub with a sent one. The API assigns the ID and may normalise values, so
 * only the attributes can be compared.
 */

import type { Resource } from '../../../api/http/document';
import { pattern } from '../../../base/lazy';
import type { InteractionValues } from '../../drafts/interactionDraft';
import { tidy } from '../../model/sameValue';

/**
 * - `same`: equal except for normalisation (white space, line ends, Unicode forms, the notation of the time)
 * - `alike`: possibly the same: the API may have changed more than that
 */
export type Match = 'same' | 'alike' | 'other';

type Likeness = 'same' | 'close' | 'different' | 'missing';

export function matchOf({ attributes }: Resource, sent: InteractionValues): Match {
  const { method, date_time, notes } = attributes ?? {};
  const methods = compareText(method, sent.method);
  const texts = compareText(notes, sent.notes);
  const times = compareTime(date_time, sent.date_time);
  if ([methods, texts, times].every((likeness) => likeness === 'same')) return 'same';
  switch (times) {
    case 'same':
    case 'close':
      return methods === 'different' && texts === 'different' ? 'other' : 'alike';
    case 'missing':
      return texts === 'different' ? 'other' : 'alike';
    case 'shifted':
      return methods === 'different' || texts === 'different' ? 'other' : 'alike';
    case 'different':
      return 'other';
  }
}

/** Returns true if the interaction, known to be the sent one, holds the typed notes. */
export const keepsNotes = ({ attributes }: Resource, sent: InteractionValues) =>
  compareText(attributes?.notes, sent.notes) === 'same';

function compareText(value: unknown, sent = ''): Likeness {
  if (typeof value !== 'string') return sent.trim() === '' ? 'same' : 'missing';
  if (tidy(value) === tidy(sent)) return 'same';
  const [there, typed] = [letters(value), letters(sent)];
  if (there === typed && (there !== '' || value.trim() === '')) return 'close';
  // The API may have truncated the text or added to it.
  const isPart = there !== '' && typed !== '' && (there.startsWith(typed) || typed.startsWith(there));
  return isPart ? 'close' : 'different';
}

const noLetter = pattern('[^\\p{L}\\p{M}\\p{N}]', 'gu');
const letters = (text: string) => text.normalize('NFKC').toLowerCase().replace(noLetter(), '');

const second = 1000;
const minute = 60 * second;
const quarter = 15 * minute;
const widestZone = 26 * 60 * minute;
/** A time in minutes, without seconds. */
const withoutSeconds = /T\d{2}:?\d{2}(?:Z|[+-]\d{2}:?\d{2})?$/i;

/** `shifted`: the same clock time in another zone, as written by an API that drops the offset. */
function compareTime(value: unknown, sent = ''): Likeness | 'shifted' {
  if (value === sent) return 'same';
  const there = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  const typed = Date.parse(sent);
  // A date does not determine the time.
  if (typeof value !== 'string' || Number.isNaN(there) || Number.isNaN(typed) || !/T\d|\d:\d/i.test(value))
    return 'missing';
  const apart = Math.abs(there - typed);
  if (apart < second) return 'same';
  if (withoutSeconds.test(value) && there === typed - (typed % minute)) return 'same';
  if (apart < minute) return 'close';
  const beside = Math.min(apart % quarter, quarter - (apart % quarter));
  return apart < widestZone && beside < minute ? 'shifted' : 'different';
}
