import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Journal } from '../../../../src/changes/apply/journal';
import { JournalFiles } from '../../../../src/changes/apply/journalFiles';
import type { JournalStorage } from '../../../../src/changes/apply/journalStorage';
import type { ItemOutcome } from '../../../../src/changes/apply/outcome';
import { newGate } from '../../../support/gate';
import { MemoryDisk } from '../../../support/memoryDisk';
import { silentRuntime } from '../../../support/silentLog';
import { SteppedClock } from '../../../support/steppedClock';
import { until } from '../../../support/until';

const saved: ItemOutcome = { kind: 'saved', arrived: { replaced: {}, now: {} } };
const item = (n: number) => ({
  ref: { organisationId: 'o', contactId: `c${n}` },
  title: '',
  before: {},
  after: {},
  outcome: { kind: 'pending' } as const,
});

describe('the journal of an Apply', () => {
  it('has an announcement on the disk before it is kept, also where the write before it failed', async () => {
    const gate = newGate();
    const files = new Map<string, string>();
    let writes = 0;
    const storage: JournalStorage = {
      names: async () => [...files.keys()],
      read: async (name) => files.get(name),
      write: async (name, text) => {
        writes++;
        // The batch is the first write.
        if (writes === 2) await gate.opened;
        if (writes === 3) throw new Error('the disk is full');
        files.set(name, text);
      },
      remove: async (name) => void files.delete(name),
      modified: async () => 0,
      lock: async () => undefined,
    };
    const journal = new Journal(storage, silentRuntime);
    const id = '0'.repeat(32);
    const at = new Date(silentRuntime.clock.now()).toISOString();
    const open = await journal.begin({ id, origin: 'x', at, source: 'text', items: [0, 1, 2].map(item) });
    open.note(0, saved);
    const first = open.written();
    await until('the first write', () => writes === 2);
    open.note(1, saved);
    const second = open.written();
    const announced = open.announce([2]);
    gate.open();
    await first;
    await assert.rejects(second, /full/);
    await announced;
    const [{ batch, hasParts } = assert.fail('no batch')] = await journal.interrupted('x');
    assert.ok(hasParts);
    assert.deepEqual(
      batch.items.map(({ outcome }) => outcome.kind),
      ['saved', 'saved', 'unknown'],
    );
  });

  it('knows nothing of contacts whose part cannot be read, so that they are read again', async () => {
    const clock = new SteppedClock();
    const files = new JournalFiles('/global', new MemoryDisk().window(), clock);
    const journal = new Journal(files, { ...silentRuntime, clock });
    const id = '0'.repeat(32);
    const at = new Date(clock.now()).toISOString();
    const open = await journal.begin({ id, origin: 'x', at, source: 'text', items: [0, 1].map(item) });
    await open.announce([0, 1]);
    open.note(0, saved);
    await open.written();
    await files.write(`${id}.000000.json`, '');
    const [{ batch } = assert.fail('no batch')] = await journal.interrupted('x');
    assert.deepEqual(
      batch.items.map(({ outcome }) => outcome.kind),
      ['saved', 'unknown'],
    );
  });

  it('removes batches that cannot be read when their files are 30 days old', async () => {
    const disk = new MemoryDisk();
    const clock = new SteppedClock();
    const files = new JournalFiles('/global', disk.window(), clock);
    const journal = new Journal(files, { ...silentRuntime, clock });
    const [old, young] = ['1', '2'].map((digit) => `${digit.repeat(32)}.json`);
    assert.ok(old && young);
    for (const name of [old, young]) await files.write(name, '{"version":1,"items":[{"title":"Mor');
    disk.modified.set(join(files.folder, young), clock.now());
    await journal.prune();
    assert.deepEqual(await files.names(), [young]);
  });
});
