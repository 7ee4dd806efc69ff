import assert from 'node:assert/strict';
import { ContactText } from '../../../../src/changes/document/contactText';
import { KeptTexts } from '../../../../src/changes/document/keptTexts';
import { newTextId, TextFiles } from '../../../../src/changes/document/textFiles';
import { newGate } from '../../../support/gate';
import { MemoryDisk } from '../../../support/memoryDisk';
import { silentRuntime } from '../../../support/silentLog';
import { until } from '../../../support/until';

const ref = { organisationId: 'o', contactId: '0a9c0e00-0000' };
const values = { first_name: 'Ada', last_name: 'Lee', email: 'ada@x.org', telephone: '' };
const textWith = (text: string) =>
  new ContactText({
    origin: 'o',
    contacts: [{ ref, title: 'Ada' }],
    text,
    seen: new Map([['x', values]]),
    bases: new Map(),
  });

describe('files of texts', () => {
  it('that a crash left unfinished are removed with the others', async () => {
    const disk = new MemoryDisk();
    // The window is killed between the write and the rename.
    const killed = new TextFiles(
      '/global',
      disk.window((operation) => (operation === 'rename' ? new Promise<void>(() => undefined) : undefined)),
    );
    void killed.write(newTextId(), '{"text":"email: ada@x.org"}');
    await until('the unfinished file', () => disk.texts('/texts/').length > 0);
    const files = new TextFiles('/global', disk.window());
    await new KeptTexts({ files, ...silentRuntime }).prune(() => false);
    for (const { id } of await files.list()) await files.remove(id);
    assert.deepEqual(disk.texts('/texts/'), []);
  });

  it('with lines in error are not removed by a window that closes the same text at that moment', async () => {
    const disk = new MemoryDisk();
    const id = newTextId();
    const files = new TextFiles('/global', disk.window());
    const first = new KeptTexts({ files, ...silentRuntime });
    const open = { id, fileId: id, text: textWith('# nothing\n') };
    await first.keep(open);
    // The second window has compared the file, and is about to remove it.
    const [arrived, gate] = [newGate(), newGate()];
    const second = new KeptTexts({
      files: new TextFiles(
        '/global',
        disk.window((operation) => {
          if (operation !== 'remove' && operation !== 'rename') return undefined;
          arrived.open();
          return gate.opened;
        }),
      ),
      ...silentRuntime,
    });
    const json = (await files.read(id)) ?? '';
    const closing = second.remove({ id, fileId: id, text: textWith('# nothing\n'), kept: json });
    await arrived.opened;
    await first.keep({ ...open, kept: json, text: textWith('nonsense\n') });
    gate.open();
    await closing;
    const left = await Promise.all((await files.list()).map((one) => files.read(one.id)));
    assert.ok(
      left.some((one) => one?.includes('nonsense')),
      'the lines are on no disk',
    );
  });

  it('are put back where they must stay, also on a full disk', async () => {
    const disk = new MemoryDisk();
    const id = newTextId();
    await new TextFiles('/global', disk.window()).write(id, 'nonsense');
    const full = disk.window((operation) => {
      if (operation === 'write') throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    });
    const files = new TextFiles('/global', full);
    await files.remove(id, () => false).catch(() => undefined);
    assert.deepEqual(
      (await files.list()).map((one) => one.id),
      [id],
    );
  });

  it('are removed although they cannot be read, where nobody asks for their content', async () => {
    const disk = new MemoryDisk();
    const id = newTextId();
    await new TextFiles('/global', disk.window()).write(id, 'x');
    const broken = disk.window((operation) => {
      if (operation === 'read') throw Object.assign(new Error('broken'), { code: 'EIO' });
    });
    await new TextFiles('/global', broken).remove(id);
    assert.deepEqual(disk.texts('/texts/'), []);
  });
});
