/** Tells on the lines of a text what became of the last save of a contact, whoever sent it. */
import type { ContactRef } from '../../api/contacts';
import { ApiError } from '../../api/http/errors';
import { isFieldName } from '../../contacts/model/contact';
import type { ContactSaveState } from '../../contacts/saving/contactSaveState';
import type { FieldName } from '../../protocol/fields';
import type { Block, LineRange } from '../text/parsedText';

export interface SaveNote {
  readonly range: LineRange;
  /** `refused` comes with the error; `ignored`: Ctrl Hub kept the old value; `unknown`: the response was lost. */
  readonly kind: 'refused' | 'conflict' | 'ignored' | 'unknown';
  readonly error?: unknown;
  /** The refused values, which may have changed in the text since. */
  readonly sent?: readonly string[];
}

export interface SaveStates {
  state(ref: ContactRef): ContactSaveState;
  conflicts(ref: ContactRef): readonly { readonly field: FieldName }[];
}

export function saveNotes({ ref, idRange, fields, isSound }: Block, saves: SaveStates): readonly SaveNote[] {
  if (ref === undefined || !isSound) return [];
  const state = saves.state(ref);
  const refusedLine = (error: unknown) => {
    const problems = error instanceof ApiError ? error.problems : [];
    const field = problems.map((problem) => problem.field).find(isFieldName);
    return field && fields[field];
  };
  const on = (names: readonly FieldName[], kind: SaveNote['kind']): readonly SaveNote[] =>
    names.map((name) => ({ range: fields[name]?.range ?? idRange, kind }));
  switch (state.kind) {
    case 'failed':
    case 'notSaved': {
      const sent = 'sent' in state ? Object.values(state.sent) : [];
      return [
        { range: refusedLine(state.error)?.range ?? idRange, kind: 'refused', error: state.error, sent },
      ];
    }
    case 'conflict':
      return on(
        saves.conflicts(ref).map(({ field }) => field),
        'conflict',
      );
    case 'ignored':
      return on(state.fields, 'ignored');
    case 'unknown':
      return [{ range: idRange, kind: 'unknown' }];
    default:
      return [];
  }
}

/** The shortest word that is taken for one of a contact's values. */
const minLength = 2;

/**
 * Returns the server's words about an error. The contact's values, addresses and long numbers in them become "…",
 * because the Problems view shows them to other extensions, too.
 */
export function wordsWithoutValues(error: unknown, values: readonly string[]): readonly string[] {
  if (!(error instanceof ApiError)) return [];
  const parts = values
    .flatMap((value) => [value, ...value.split(/\s+/)])
    .filter(({ length }) => length >= minLength)
    .sort((one, other) => other.length - one.length);
  return error.problems.map(({ title, detail }) => {
    let words = detail || title;
    for (const part of parts) words = words.replace(wholeWords(part), '…');
    return words.replace(/\S+@\S+|\+?\d[\d\s()./-]{4,}\d/g, '…');
  });
}

/** Other scripts, such as Han and Thai, write words without spaces. */
const spaced = '[\\p{sc=Latn}\\p{sc=Grek}\\p{sc=Cyrl}\\p{N}]';

/** Other words may contain a value: Ann is in cannot. */
function wholeWords(part: string): RegExp {
  const exact = part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`(?<!${spaced})${exact}(?!${spaced})`, 'giu');
}
