import { parseEnding } from './draftEnding';
import type { DraftKind } from './draftKind';
import type { DraftStorage } from './draftStorage';

/** What stands on the disk: a draft, the end of one, or what makes no sense. */
type There<K, D> =
  | { readonly kind: 'draft'; readonly key: K; readonly draft: D }
  | { readonly kind: 'ended'; readonly draft: D | undefined }
  | { readonly kind: 'unreadable' };

/** @returns undefined where there is nothing */
export async function readStored<K, D>(
  kind: DraftKind<K, D>,
  storage: DraftStorage,
  name: string,
): Promise<There<K, D> | undefined> {
  const text = await storage.read(name);
  if (text === undefined) return undefined;
  const note = parseEnding(text);
  if (note !== undefined) return { kind: 'ended', draft: kind.ended(note) };
  const parsed = kind.parse(text);
  return parsed ? { kind: 'draft', ...parsed } : { kind: 'unreadable' };
}
