/** Writes `dist/THIRD_PARTY_NOTICES`: the licences of the bundled packages, word for word. */
const rule = '='.repeat(80);

export function toNotices(packages) {
  const head = 'Ctrl Hub Contacts contains the following work of others.';
  return `${[head, ...packages.map(toNotice)].join(`\n\n${rule}\n`)}\n`;
}

function toNotice({ name, version, licence, address, files, texts }) {
  const about = [`${name} ${version}`, `Licence: ${licence}`, ...(address ? [address] : [])];
  // This licence requires naming the used parts and the changes.
  if (licence.startsWith('CC-BY-')) {
    about.push(`Used: ${files.join(', ')}. Only their outlines are drawn, in the colours of the theme.`);
  }
  return [about.join('\n'), ...texts].join('\n\n');
}

/** @returns `name version` of each package in the notices */
export function parseNotices(text) {
  return text
    .split(`\n${rule}\n`)
    .slice(1)
    .map((notice) => notice.split('\n', 1)[0]);
}
