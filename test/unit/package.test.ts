import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';

const root = join(__dirname, '../..');
const size = (file: string) => statSync(join(root, file)).size;

// `npm test` packages before it runs the tests; alone, this needs `npm run package`.
describe('the package', function () {
  this.timeout(60_000);

  it('holds only what runs, and what a person reads', async () => {
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    assert.deepEqual(files.toSorted(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/app.js',
      'dist/extension.js',
      'dist/sandbox.js',
      'dist/webview/panel.css',
      'dist/webview/panel.js',
      'media/ctrl-hub.svg',
      'media/icon.png',
      'package.json',
      'package.nls.json',
    ]);
  });

  it('is small: host, webview, all of it', () => {
    assert.ok(size('dist/extension.js') + size('dist/app.js') + size('dist/sandbox.js') <= 250_000);
    assert.ok(size('dist/webview/panel.js') + size('dist/webview/panel.css') <= 100_000);
    assert.ok(size('dist/ctrl-hub-contacts.vsix') <= 400_000);
  });

  it('brings no source map and names no path of the machine that built it', () => {
    for (const file of ['extension.js', 'app.js', 'sandbox.js', 'webview/panel.js']) {
      const text = readFileSync(join(root, 'dist', file), 'utf8');
      assert.ok(!text.includes('sourceMappingURL') && !text.includes(root), file);
    }
  });
});
