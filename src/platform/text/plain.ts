/** Escapes server text for controls that would interpret it. */
import { isolated, toLine } from '../../base/text';

/** Escapes `$(name)`, which a QuickPick draws as an icon. */
export function plain(text: string): string {
  return isolated(toLine(text).replaceAll('$(', '\\$('));
}

/**
 * Keeps `$(name)` from becoming an icon by a word joiner, which is not drawn. For names that VS Code shows both in a
 * QuickPick and where the backslash of `plain` would be seen.
 */
export const withoutIcons = (text: string): string => text.replaceAll('$(', '$\u2060(');
