import { keyOf } from '../../contacts/model/contact';
import type { ParsedText } from './parsedText';
import type { TypedEdit } from './typedEdits';
import { writeField } from './write';

/**
 * Replaces values in the lines of a text, and keeps the rest as the user wrote it. A field without a line, and a block
 * in error, stay as they are.
 * @param parsed the parse result of this text
 */
export function patchText(text: string, { blocks }: ParsedText, changes: readonly TypedEdit[]): string {
  const wanted = new Map<string, TypedEdit[]>();
  for (const change of changes) {
    const own = wanted.get(keyOf(change.ref));
    if (own) own.push(change);
    else wanted.set(keyOf(change.ref), [change]);
  }
  // Lines alternate with their line endings.
  const parts = text.split(/(\r\n?|\n)/);
  for (const { ref, isSound, fields } of blocks) {
    if (ref === undefined || !isSound) continue;
    for (const { field, value } of wanted.get(keyOf(ref)) ?? []) {
      const line = fields[field]?.nameRange;
      if (line === undefined) continue;
      const before = parts[line.line * 2] ?? '';
      parts[line.line * 2] = before.slice(0, line.start) + writeField(field, value);
    }
  }
  return parts.join('');
}
