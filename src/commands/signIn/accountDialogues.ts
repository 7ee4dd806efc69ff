/** Who one is, and where one works: a bundle of its own, as most windows begin signed in and stay where they are. */
import { signIn } from './signIn';
import { switchEnvironment } from './switchEnvironment';

export const accountDialogues = { signIn, switchEnvironment } as const;
