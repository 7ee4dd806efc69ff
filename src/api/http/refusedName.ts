/**
 * Distinguishes the refusal of an attribute's name ("unknown property") from the refusal of its value.
 * Leaving out an attribute deletes it from the record, so that any doubt counts as a refusal of the value.
 */
import { attributePath } from './attributePath';

interface ErrorParts {
  readonly title?: string | undefined;
  readonly detail?: string | undefined;
  readonly source?: { readonly pointer?: string | undefined } | null | undefined;
  readonly meta?:
    | { readonly field?: string | undefined; readonly type?: string | undefined }
    | null
    | undefined;
}

/** Rules about names, in lower case and without punctuation. */
const nameRules = new Set([
  'additionalproperties',
  'additionalproperty',
  'excluded',
  'extraforbidden',
  'notallowed',
  'prohibited',
  'readonly',
  'unexpected',
  'unexpectedattribute',
  'unexpectedfield',
  'unexpectedproperty',
  'unknown',
  'unknownattribute',
  'unknownfield',
  'unknownproperty',
  'unrecognizedkeys',
]);

const noun = '(?:attribute|field|key|member|property)';
const refusal =
  '(?:unknown|unexpected|read[- ]?only|unrecogni[sz]ed|not (?:allowed|permitted|accepted|supported|known|recogni[sz]ed))';
const words = [
  new RegExp(`\\b(?:unknown|unexpected|unrecogni[sz]ed|additional|read[- ]?only) ${noun}\\b`, 'i'),
  new RegExp(`\\b${noun}\\b.{0,120}\\b(?:is|are) ${refusal}\\b`, 'i'),
  /\badditional properties\b/i,
  /\bread[- ]?only\b/i,
];
/** Words that show that a refusal is about the value. */
const aboutValue =
  /\bvalues?\b|\bmust\b|\bone of\b|\btoo (?:long|short|many|few)\b|\bto be\b|\b(?:empty|blank|null|required|missing|length|format|characters?)\b/i;

export function refusedNameOf(error: ErrorParts): string | undefined {
  const name = exactName(error);
  if (name === undefined) return undefined;
  const { title = '', detail = '', meta } = error;
  const text = `${title} ${detail}`;
  if (aboutValue.test(text)) return undefined;
  if (meta?.type !== undefined) {
    return nameRules.has(meta.type.toLowerCase().replace(/[^a-z]/g, '')) ? name : undefined;
  }
  const isRefused = words.some((pattern) => pattern.test(text)) || isSentence(detail, name);
  return isRefused ? name : undefined;
}

/** Returns the attribute if the pointer or `meta.field` leads exactly to it. */
function exactName({ source, meta }: ErrorParts): string | undefined {
  const path = source?.pointer ?? meta?.field;
  const found = path === undefined ? undefined : attributePath(path);
  return found?.kind === 'attribute' && found.exact ? found.name : undefined;
}

/** Accepts a whole detail such as "status is not allowed". */
function isSentence(detail: string, name: string): boolean {
  const [, subject, predicate] = /^(.+?) is (.+?)\.?$/.exec(detail.trim()) ?? [];
  const bare = subject
    ?.replace(/^["'`\u201C]|["'`\u201D]$/g, '')
    .split(/[./]/)
    .at(-1);
  return bare === name && new RegExp(`^${refusal}$`, 'i').test(predicate ?? '');
}
