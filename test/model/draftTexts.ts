/** Reads the texts in the drafts on a disk, with the product's own parser. */
import { parseDraft } from '../../src/contacts/drafts/draftRecord';
import { parseInteractionDraft } from '../../src/contacts/drafts/interactionDraft';
import type { SharedDisk } from './computers/sharedDisk';
import { isText } from './ledger';
import type { Place } from './places';

export interface DraftTexts {
  has(place: Place, value: string): boolean;
}

const known = new WeakMap<SharedDisk, { readonly version: number; readonly texts: DraftTexts }>();

export function draftTexts(disk: SharedDisk): DraftTexts {
  const before = known.get(disk);
  if (before?.version === disk.version) return before.texts;
  const found: (readonly [place: string, value: string | undefined])[] = [];
  for (const [path, text] of disk.files) {
    if (!path.endsWith('.draft.json')) continue;
    const contact = parseDraft(text)?.draft;
    for (const [field, value] of Object.entries(contact?.edits ?? {})) found.push([field, value]);
    for (const [field, choice] of Object.entries(contact?.choices ?? {}))
      if (choice.choice === 'other') found.push([field, choice.value]);
    for (const other of contact?.others ?? []) found.push([other.field, other.text]);
    const notes = parseInteractionDraft(text);
    const place = notes?.key.interactionId === '' ? 'newNotes' : 'oldNotes';
    for (const other of notes?.draft.others ?? []) found.push([place, other.notes]);
    if (notes) found.push([place, notes.draft.values.notes], [place, notes.draft.sent?.values.notes]);
  }
  const texts: DraftTexts = {
    has: (place, value) =>
      found.some(([at, text]) => at === place && text !== undefined && isText(text, value)),
  };
  known.set(disk, { version: disk.version, texts });
  return texts;
}
