/** Server text that stays text where VS Code would read more into it. */
import { isolated, toLine } from '../../base/text';

/** A QuickPick draws `$(name)` as an icon; a server's text must stay text. */
export function plain(text: string): string {
  return isolated(toLine(text).replaceAll('$(', '\\$('));
}
