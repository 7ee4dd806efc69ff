/** How the draft of an interaction ended, in words without personal data: see `draftEnding.ts`. */
import { type InteractionEnding, interactionFields } from './interactionDraft';

/** @param ended undefined for one that was thrown away */
export const formatInteractionEnding = ({ saved, logged }: InteractionEnding = { saved: [] }): string =>
  [...saved, ...(logged === undefined ? [] : [`logged=${logged}`])].join(' ');

export function parseInteractionEnding(note: string): InteractionEnding {
  const words = note.split(' ');
  const [, logged] = /(?:^| )logged=([\w-]+)/.exec(note) ?? [];
  return { saved: interactionFields.filter((field) => words.includes(field)), logged };
}
