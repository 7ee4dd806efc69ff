import type { CommandHandler } from './services';

/**
 * Opens the row that was clicked, which is the selected one. Its command has no arguments: VS Code forgets
 * those while a list is drawn anew, and a click that meets that would do nothing.
 */
export const openRow: CommandHandler = async ({ panels, selectedContact }) => {
  const ref = await selectedContact();
  if (ref) panels.open(ref);
};
