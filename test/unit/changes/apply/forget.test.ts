import assert from 'node:assert/strict';
import { Journal } from '../../../../src/changes/apply/journal';
import { JournalFiles } from '../../../../src/changes/apply/journalFiles';
import type { Batch } from '../../../../src/changes/apply/journalRecord';
import { MemoryDisk } from '../../../support/memoryDisk';
import { silentLog } from '../../../support/silentLog';
import { SteppedClock } from '../../../support/steppedClock';

describe('forgetting what was applied', () => {
  it('is about one API, or about all of them', async () => {
    const clock = new SteppedClock();
    const files = new JournalFiles('/global', new MemoryDisk().window(), clock);
    const journal = new Journal(files, { clock, log: silentLog });
    const origins = ['https://one.test', 'https://two.test'] as const;
    const batch = (origin: string, n: number): Batch => ({
      id: String(n).repeat(32),
      origin,
      at: new Date(clock.now()).toISOString(),
      source: 'text',
      items: [],
    });
    for (const [n, origin] of origins.entries()) await journal.begin(batch(origin, n));
    await journal.forget(origins[0]);
    assert.deepEqual(await journal.batches(origins[0]), []);
    assert.equal((await journal.batches(origins[1])).length, 1);
    await journal.forget();
    assert.deepEqual(await files.names(), []);
  });
});
