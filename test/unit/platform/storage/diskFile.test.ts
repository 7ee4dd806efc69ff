import assert from 'node:assert/strict';
import { readIfPresent, replaceWhole } from '../../../../src/platform/storage/diskFile';
import { MemoryDisk } from '../../../support/memoryDisk';

describe('a file on a disk', () => {
  it('is undefined while it does not exist', async () => {
    const memory = new MemoryDisk();
    const disk = memory.window();
    await disk.makeFolder('/g');
    assert.equal(await readIfPresent('/g/a.json', disk), undefined);
    await replaceWhole('/g/a.json', 'one', disk);
    assert.equal((await readIfPresent('/g/a.json', disk))?.toString(), 'one');
  });

  it('stays as it was if the disk refuses the new text, and leaves no other file', async () => {
    const memory = new MemoryDisk();
    const disk = memory.window();
    await disk.makeFolder('/g');
    await replaceWhole('/g/a.json', 'one', disk);
    const refusing = {
      ...disk,
      rename: () => Promise.reject(Object.assign(new Error('EACCES'), { code: 'EACCES' })),
    };
    await assert.rejects(replaceWhole('/g/a.json', 'two', refusing), { code: 'EACCES' });
    assert.equal((await readIfPresent('/g/a.json', disk))?.toString(), 'one');
    assert.deepEqual(await disk.list('/g'), ['a.json']);
  });
});
