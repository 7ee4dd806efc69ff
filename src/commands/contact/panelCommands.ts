/** Commands that open a row, or act in the panel that the person is in. */
import type { CommandHandler } from '../common/services';
import { contactOf, isKey } from '../common/target';

export const saveContact: CommandHandler = async ({ panels }) => panels.active?.contact.save();

export const revertContact: CommandHandler = async ({ panels }) => panels.active?.contact.revert();

/**
 * Opens the row of a menu, the row that has the focus (by its key), or the row that was clicked, which is
 * the selected one. Its command has no arguments: VS Code forgets those while a list is drawn anew, and a
 * click that meets that would do nothing.
 */
export const openRow: CommandHandler = async ({ panels, selectedContact, focusedNodes }, target) => {
  if (isKey(target)) {
    const ref = contactOf((await focusedNodes()).row);
    if (ref) panels.edit(ref);
    return;
  }
  const ref = target === undefined ? await selectedContact() : contactOf(target);
  if (ref) panels.open(ref);
};
