/**
 * The README as the package has it. VS Code shows it beside an installed extension, where a picture must be
 * at a public address: without a repository that has one, it would be drawn as broken.
 */
export const withoutPictures = (markdown) => markdown.replace(/^!\[[^\]]*\]\(media\/[^)]+\)\n\n/gm, '');
