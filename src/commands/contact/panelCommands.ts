/** Commands that open a row or act in the active panel. */
import type { CommandHandler } from '../common/services';
import { contactOf, isKey } from '../common/target';

export const saveContact: CommandHandler = async ({ panels }) => panels.active?.contact.save();

export const revertContact: CommandHandler = async ({ panels }) => panels.active?.contact.revert();

/**
 * Opens the row of a menu, the focused row (by its key), or the clicked row, which is the selected one. The
 * command of a row has no arguments, because VS Code drops them while it redraws the list, and a click at
 * that time would do nothing.
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
