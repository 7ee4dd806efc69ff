import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clone, runScript } from '../support/clone';

describe('the checks of what is shipped', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ctrl-hub-checks-'));
  before(async () => {
    clone(folder);
    const { good, said } = await runScript(folder, 'scripts/package.mjs');
    assert.ok(good, said);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Returns the output of a check while a file of the project is changed. */
  async function saidOf(script: string, file: string, was: string | RegExp, is: string): Promise<string> {
    const at = join(folder, file);
    const text = readFileSync(at, 'utf8');
    const changed = text.replace(was, is);
    assert.notEqual(changed, text, `${file} has nothing to change`);
    writeFileSync(at, changed);
    try {
      const { good, said } = await runScript(folder, `scripts/${script}.mjs`);
      assert.ok(!good, `${script} lets it pass`);
      return said;
    } finally {
      writeFileSync(at, text);
    }
  }

  it('hold for the project as it is', async () => {
    for (const script of ['checkDependencies', 'checkPackage']) {
      const { good, said } = await runScript(folder, `scripts/${script}.mjs`);
      assert.ok(good, said);
    }
  });

  it('want exact versions, in both files', async () => {
    const ranged = await saidOf('checkDependencies', 'package.json', /"hono": "/, '"hono": "^');
    assert.match(ranged, /hono is not exact: \^/);
    assert.match(ranged, /hono \^\S+ is not locked/);
  });

  it('want a lockfile of hashes, without addresses and without install scripts', async () => {
    const entry = /("node_modules\/zod": \{)/;
    const lock = 'package-lock.json';
    const add = (line: string) => saidOf('checkDependencies', lock, entry, `$1 ${line},`);
    assert.match(
      await add('"resolved": "https://packages.example/zod.tgz"'),
      /zod names where it comes from/,
    );
    assert.match(await add('"hasInstallScript": true'), /zod has an install script/);
    assert.match(
      await saidOf('checkDependencies', lock, '"integrity": "sha512-', '"integrity": "sha1-'),
      /no hash/,
    );
    const scripts = await saidOf('checkDependencies', '.npmrc', 'ignore-scripts=true', '');
    assert.match(scripts, /lets packages run/);
  });

  it('want every bundled package to be the locked one, under a licence of the list, and inert', async () => {
    const zod = 'node_modules/zod/package.json';
    const licence = await saidOf('checkPackage', zod, '"MIT"', '"GPL-3.0-only"');
    assert.match(licence, /zod has a licence that is not on the list: GPL-3.0-only/);
    const version = await saidOf('checkPackage', zod, /"version": "/, '"version": "9');
    assert.match(version, /zod 9\S+ is bundled, not what is locked/);
    const script = await saidOf('checkPackage', zod, '"scripts": {', '"scripts": { "postinstall": "true",');
    assert.match(script, /zod has an install script/);
  });

  it('want the notices to tell of exactly what is bundled, in full', async () => {
    const meta = 'dist/meta.json';
    const destr = 'node_modules/destr/dist/index.mjs';
    const extra = await saidOf('checkPackage', meta, destr, 'node_modules/node-fetch-native/package.json');
    assert.match(extra, /THIRD_PARTY_NOTICES tells of .*destr.*; bundled is .*node-fetch-native/);
    const text = await saidOf('checkPackage', 'node_modules/hono/LICENSE', 'Copyright', 'Copyleft');
    assert.match(text, /hono's licence is not told in full/);
  });

  it('want it small', async () => {
    const said = await saidOf('checkPackage', 'dist/app.js', /$/, ' '.repeat(150_000));
    assert.match(said, /the host: \S+ kB, more than 260.0 kB/);
  });

  it('want the notices in the package', async () => {
    const ignored = join(folder, '.vscodeignore');
    writeFileSync(ignored, readFileSync(ignored, 'utf8').replace('!dist/THIRD_PARTY_NOTICES', ''));
    await runScript(folder, 'scripts/package.mjs');
    const { good, said } = await runScript(folder, 'scripts/checkPackage.mjs');
    assert.ok(!good);
    assert.match(said, /THIRD_PARTY_NOTICES tells of nothing/);
  });
});
