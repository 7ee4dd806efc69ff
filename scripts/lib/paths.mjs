import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** The folder of the tests' tools (VS Code and its profiles), which git and the package ignore. */
export const cache = path.resolve(process.env.CTRL_HUB_CACHE ?? path.join(root, '.vscode-test'));

export const vsix = path.join(root, 'dist/ctrl-hub-contacts.vsix');
