import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Tools of the tests, which git and the package ignore: VS Code, its profiles. */
export const cache = path.resolve(process.env.CTRL_HUB_CACHE ?? path.join(root, '.vscode-test'));

export const vsix = path.join(root, 'dist/ctrl-hub-contacts.vsix');
