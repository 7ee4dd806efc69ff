import type { CommandHandler } from './services';
import { contactOf, isKey } from './target';

/**
 * Opens the row of a menu, the row that has the focus (by its key), or the row that was clicked, which is
 * the selected one. Its command has no arguments: VS Code forgets those while a list is drawn anew, and a
 * click that meets that would do nothing.
 */
export const openRow: CommandHandler = async ({ panels, selectedContact, focusedNodes }, target) => {
  const row = isKey(target) ? (await focusedNodes()).row : target;
  const ref = row === undefined && !isKey(target) ? await selectedContact() : contactOf(row);
  if (ref) panels.open(ref);
};
