/**
 * Removes pictures from the README of the package. VS Code shows it for an installed extension, and would
 * draw a picture without a public address as broken.
 */
export const withoutPictures = (markdown) => markdown.replace(/^!\[[^\]]*\]\(media\/[^)]+\)\n\n/gm, '');
