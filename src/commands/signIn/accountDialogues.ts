/**
 * Dialogs for accounts and environments. They are a bundle of their own, because most windows start signed in
 * and never switch.
 */
import { signIn } from './signIn';
import { switchEnvironment } from './switchEnvironment';

export const accountDialogues = { signIn, switchEnvironment } as const;
