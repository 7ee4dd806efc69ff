/** Escapes server text for controls that would interpret it. */
import { isolated, toLine } from '../../base/text';

/** Escapes `$(name)`, which a QuickPick draws as an icon. */
export function plain(text: string): string {
  return isolated(toLine(text).replaceAll('$(', '\\$('));
}
