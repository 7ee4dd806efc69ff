import { parseEnding } from './draftEnding';
import type { DraftKind } from './draftKind';
import { lineageOf } from './draftLineage';
import type { DraftStorage } from './draftStorage';

interface Succession {
  /** See `newLineage`. */
  readonly lineage: string | undefined;
}

/** The content of a stored file: a draft, an ending, or an unreadable text. */
type There<K, D> =
  | ({ readonly kind: 'draft'; readonly key: K; readonly draft: D } & Succession)
  | ({ readonly kind: 'ended'; readonly draft: D | undefined } & Succession)
  | { readonly kind: 'unreadable' };

/** @returns undefined if there is no file */
export async function readStored<K, D>(
  kind: DraftKind<K, D>,
  storage: DraftStorage,
  name: string,
): Promise<There<K, D> | undefined> {
  const text = await storage.read(name);
  if (text === undefined) return undefined;
  const ending = parseEnding(text);
  if (ending !== undefined) return { kind: 'ended', draft: kind.ended(ending.note), lineage: ending.lineage };
  const parsed = kind.parse(text);
  return parsed ? { kind: 'draft', ...parsed, lineage: lineageOf(text) } : { kind: 'unreadable' };
}
