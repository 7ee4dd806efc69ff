import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireLock, renewalLock } from '../../../src/platform/fileLock';
import { silentLog } from '../../support/silentLog';

describe('locks that windows share', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'locks-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it('let one in at a time, also when it fails', async () => {
    const [one, two] = [renewalLock(folder, silentLog), renewalLock(folder, silentLog)];
    let inside = 0;
    const work = async () => {
      assert.equal(++inside, 1);
      await pause(20);
      inside--;
      throw new Error('failed');
    };
    const ended = await Promise.allSettled([one, two, one].map((lock) => lock.exclusively('name', work)));
    assert.deepEqual(
      ended.map(({ status }) => status),
      ['rejected', 'rejected', 'rejected'],
    );
    assert.deepEqual(readdirSync(folder), []);
  });

  it('are taken from a window that was killed, and waited for otherwise', async () => {
    const file = join(folder, 'lock');
    writeFileSync(file, '');
    await assert.rejects(acquireLock(file, { wait: 50, life: 10_000 }));
    utimesSync(file, new Date(0), new Date(0));
    const free = await acquireLock(file, { wait: 50, life: 10_000 });
    await free();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('are done without where the disk refuses', async () => {
    const file = join(folder, 'a file');
    writeFileSync(file, '');
    assert.equal(await renewalLock(file, silentLog).exclusively('name', async () => 'done'), 'done');
  });
});
