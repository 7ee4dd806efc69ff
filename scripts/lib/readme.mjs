/**
 * The README as the package has it. VS Code shows it beside an installed extension, and there a picture has
 * to be at an address of its own or within the text; without a public repository there is no such address.
 */
import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

const picture = /\]\((media\/[\w/-]+\.png)\)/g;

export const withPictures = (markdown) =>
  markdown.replace(picture, (_, file) => {
    const bytes = fs.readFileSync(path.join(root, file));
    return `](data:image/png;base64,${bytes.toString('base64')})`;
  });

/** The pictures of the README, by their paths. */
export const picturesOf = (markdown) => [...markdown.matchAll(picture)].map(([, file]) => file);
