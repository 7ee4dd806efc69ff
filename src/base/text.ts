/** Longest text that a row, a title or a message shows; the panel's fields show everything. */
const longest = 200;

// Controls (the ANSI escape among them), line separators, what has no width but joins no letters,
// bidirectional overrides, lone surrogates. The marks that names from right to left need may stay.
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u180E\u200B\u2060-\u2064\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Cs}/gu;

// Characters of several kinds that are drawn as nothing: the braille blank, marks of annotations and of a replaced
// object, and blanks of Egyptian, Khitan and musical writing.
const visible =
  /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u2800\uFFF9-\uFFFC\u{13441}\u{13442}\u{16FE4}\u{1D159}]/u;

/** Whether a person sees anything of a text: a zero-width space or a Hangul filler alone shows nothing. */
export const isVisible = (text: string): boolean => visible.test(text);

/**
 * One line of somebody else's text, fit to be a label, a title or part of a message.
 * Invisible characters become spaces, so that nothing reads otherwise than it is.
 */
export function toLine(text: string, max = longest): string {
  const line = text
    .trimStart()
    .slice(0, max * 4)
    .replace(unseen, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > max ? `${[...line].slice(0, max - 1).join('')}…` : line;
}

/** As much of a text as anybody reads, for what is sent on with every change of the panel. */
export function clip(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most).replace(/\p{Cs}$/u, '')}…` : text;
}

/** The first characters of an id, enough for a person to tell two apart. */
export function shortId(id: string): string {
  return toLine(id).slice(0, 8);
}

const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** Text that runs the other way must not turn around what stands beside it. */
export function isolated(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}
