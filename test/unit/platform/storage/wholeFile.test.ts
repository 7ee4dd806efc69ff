import assert from 'node:assert/strict';
import { lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWholeFile } from '../../../../src/platform/storage/wholeFile';

async function* parts(...all: string[]) {
  yield* all;
}
async function* broken() {
  yield 'half of it';
  throw new Error('no more');
}

/** A signal that never aborts. */
const { signal: never } = new AbortController();

describe('a file that is written whole', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whole-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('holds all parts, in UTF-8, for its owner', async () => {
    const file = join(folder, 'a.csv');
    await writeWholeFile(file, parts('\uFEFFä', '', '😀'.repeat(100_000), 'end'), never);
    assert.equal(await readFile(file, 'utf8'), `\uFEFFä${'😀'.repeat(100_000)}end`);
    if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(folder), ['a.csv']);
  });

  it('is where a link leads, also when nothing is there yet', async function () {
    if (process.platform === 'win32') this.skip();
    const link = join(folder, 'link.csv');
    await symlink('second.csv', link);
    await symlink('missing.csv', join(folder, 'second.csv'));
    await writeWholeFile(link, parts('whole'), never);
    assert.equal(await readFile(join(folder, 'missing.csv'), 'utf8'), 'whole');
    assert.equal(await readFile(link, 'utf8'), 'whole');
    assert.deepEqual((await readdir(folder)).toSorted(), ['link.csv', 'missing.csv', 'second.csv']);
    assert.ok((await lstat(link)).isSymbolicLink());
    assert.ok((await lstat(join(folder, 'second.csv'))).isSymbolicLink());
  });

  it('is what it was when something goes wrong, and nothing else is left', async () => {
    const file = join(folder, 'a.csv');
    await writeFile(file, 'before');
    await assert.rejects(writeWholeFile(file, broken(), never), /no more/);
    assert.equal(await readFile(file, 'utf8'), 'before');
    await assert.rejects(writeWholeFile(join(folder, 'b.csv'), broken(), never), /no more/);
    assert.deepEqual(await readdir(folder), ['a.csv']);
  });

  it('is none when somebody gives up, also at the very end', async () => {
    const abort = new AbortController();
    async function* stopped() {
      yield 'all of it';
      abort.abort();
    }
    await assert.rejects(writeWholeFile(join(folder, 'a.csv'), stopped(), abort.signal), {
      name: 'AbortError',
    });
    assert.deepEqual(await readdir(folder), []);
  });

  it('is for its owner, also in the place of one that was not', async () => {
    const file = join(folder, 'a.csv');
    await writeFile(file, 'before', { mode: 0o644 });
    await writeWholeFile(file, parts('after'), never);
    if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it('is where a link leads', async () => {
    const file = join(folder, 'a.csv');
    await writeFile(file, 'before');
    await symlink(file, join(folder, 'link.csv'));
    await writeWholeFile(join(folder, 'link.csv'), parts('after'), never);
    assert.equal(await readFile(file, 'utf8'), 'after');
  });
});
