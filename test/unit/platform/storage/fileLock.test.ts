import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../../../src/base/clock';
import { realDisk } from '../../../../src/platform/storage/disk';
import { acquireLock, renewalLock } from '../../../../src/platform/storage/fileLock';
import { silentLog } from '../../../support/silentLog';

describe('locks that windows share', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'locks-'));
    file = join(folder, 'lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const patience = { wait: 5_000, life: 200 };

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

  it('can be held for longer than their life, and are held at every moment of it', async () => {
    const lock = await acquireLock(file, patience);
    let isRenewing = true;
    const renewing = (async () => {
      for (let n = 0; n < 50; n++) assert.ok(await lock.renew());
      isRenewing = false;
    })();
    while (isRenewing) assert.ok(await lock.isHeld());
    await renewing;
    await lock.free();
    assert.deepEqual(readdirSync(folder), []);
    assert.equal(await lock.renew(), false);
  });

  const hour = 3_600_000;
  for (const [when, at] of [
    ['now', 0],
    ['in the future', hour],
    ['long ago', -1e6 * hour],
  ] as const)
    it(`are taken from a window that was killed, whose file says that it was made ${when}`, async () => {
      writeFileSync(file, 'somebody');
      utimesSync(file, new Date(Date.now() + at), new Date(Date.now() + at));
      const lock = await acquireLock(file, patience);
      assert.equal(await lock.isHeld(), true);
      await lock.free();
      assert.deepEqual(readdirSync(folder), []);
    });

  it('are waited for while somebody has them, whatever the clocks say', async () => {
    await acquireLock(file, patience);
    utimesSync(file, new Date(0), new Date(0));
    await assert.rejects(acquireLock(file, { wait: 50, life: 10_000 }), { code: 'EEXIST' });
  });

  it('are not taken by one that slept and saw nothing meanwhile', async () => {
    await acquireLock(file, patience);
    let now = 0;
    // Two hours pass between two checks.
    const clock: Clock = {
      now: () => now,
      monotonic: () => now,
      after: (_, callback) => {
        now += 2 * hour;
        setImmediate(callback);
        return { dispose: () => undefined };
      },
    };
    await assert.rejects(acquireLock(file, { wait: 350, life: 1_000 }, realDisk, clock), {
      code: 'EEXIST',
    });
  });

  it('tell an owner that stood still that it has it no more, and leave the new one its own', async () => {
    const stood = await acquireLock(file, patience);
    const fenced: string[] = [];
    const next = await acquireLock(file, patience, undefined, undefined, async (owner) => {
      fenced.push(owner);
    });
    assert.deepEqual(fenced, [stood.owner]);
    assert.deepEqual([await stood.isHeld(), await next.isHeld()], [false, true]);
    await stood.free();
    assert.equal(readFileSync(file, 'utf8'), next.owner);
    await next.free();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('let one in at a time where many come to one that was left behind', async () => {
    for (let round = 0; round < 20; round++) {
      writeFileSync(file, '');
      let inside = 0;
      const enter = async () => {
        const lock = await acquireLock(file, { wait: 10_000, life: 30 });
        // A lock that was restored too late is lost, and its owner notices it.
        if (await lock.isHeld()) assert.equal(++inside, 1);
        await pause(1);
        inside = 0;
        await lock.free();
      };
      await Promise.all([enter(), enter(), enter(), enter()]);
      assert.deepEqual(readdirSync(folder), []);
    }
  });

  it('are done without where the disk refuses', async () => {
    writeFileSync(file, '');
    assert.equal(await renewalLock(file, silentLog).exclusively('name', async () => 'done'), 'done');
  });
});
