import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

describe('SECURITY.md', () => {
  it('names files that are there', () => {
    const text = readFileSync(join(root, 'SECURITY.md'), 'utf8');
    const named = [...text.matchAll(/`((?:src|scripts)\/[\w./]+)`/g)].map(([, file]) => String(file));
    assert.ok(named.length > 10);
    assert.deepEqual(
      named.filter((file) => !existsSync(join(root, file))),
      [],
    );
  });
});
