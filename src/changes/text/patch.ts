import { keyOf } from '../../contacts/model/contact';
import type { ParsedText } from './parsedText';
import type { TypedEdit } from './typedEdits';
import { writeField } from './write';

/**
 * Writes other values into the lines of a text, and leaves all else as a person has it. A field without a line, and a
 * block in error, stay as they are.
 * @param parsed what the parser read of this text
 */
export function patchText(text: string, { blocks }: ParsedText, changes: readonly TypedEdit[]): string {
  const wanted = new Map<string, TypedEdit[]>();
  for (const change of changes) {
    const own = wanted.get(keyOf(change.ref));
    if (own) own.push(change);
    else wanted.set(keyOf(change.ref), [change]);
  }
  // Lines, each followed by its end.
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
