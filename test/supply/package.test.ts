import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { languages } from '../../scripts/lib/strings.mjs';

const root = join(__dirname, '../..');

// `npm test` packages before this test; alone, it needs `npm run package`.
describe('the package', () => {
  it('holds only what runs, and what a person reads', async () => {
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    assert.deepEqual(files.toSorted(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/THIRD_PARTY_NOTICES',
      'dist/accountDialogues.js',
      'dist/app.js',
      'dist/assistants.js',
      'dist/changes.js',
      'dist/exports.js',
      'dist/extension.js',
      'dist/fromFile.js',
      'dist/onDemand.js',
      'dist/panels.js',
      'dist/sandbox.js',
      'dist/telephones.js',
      'dist/webview/panel.js',
      'dist/webview/review.js',
      ...languages.map((language) => `l10n/bundle.l10n.${language}.json`),
      'media/contact-dark.svg',
      'media/contact-light.svg',
      'media/contacts.language.json',
      'media/contacts.tmLanguage.json',
      'media/ctrl-hub.svg',
      'media/icon.png',
      ...['conflict', 'find', 'save', 'sign-in'].flatMap((step) => [
        `media/walkthrough/${step}-dark.png`,
        `media/walkthrough/${step}-light.png`,
      ]),
      'package.json',
      ...languages.map((language) => `package.nls.${language}.json`),
      'package.nls.json',
    ]);
  });

  it('brings no source map and names no path of the machine that built it', () => {
    for (const file of [
      'extension.js',
      'app.js',
      'assistants.js',
      'changes.js',
      'exports.js',
      'fromFile.js',
      'sandbox.js',
      'accountDialogues.js',
      'telephones.js',
      'webview/panel.js',
      'webview/review.js',
      'THIRD_PARTY_NOTICES',
    ]) {
      const text = readFileSync(join(root, 'dist', file), 'utf8');
      assert.ok(!text.includes('sourceMappingURL') && !text.includes(root), file);
    }
  });
});
