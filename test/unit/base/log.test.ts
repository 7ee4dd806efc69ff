import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { ApiError } from '../../../src/api/http/errors';
import { logUnexpected } from '../../../src/base/log';

describe('an unexpected error in the log', () => {
  const logged = (error: unknown): readonly string[] => {
    const lines: string[] = [];
    const take = (line: string) => void lines.push(line);
    logUnexpected({ debug: take, info: take, warn: take, error: take }, 'save contact', error);
    return lines;
  };
  const thrownBy = async (work: () => unknown): Promise<unknown> => {
    try {
      await work();
    } catch (error) {
      return error;
    }
    return assert.fail('nothing was thrown');
  };
  const secret = 'Ann <ann@example.org>';
  const value = JSON.parse(JSON.stringify(secret));

  /** Errors of the engine and of Node that quote their input. */
  const quoting: readonly [what: string, work: () => unknown][] = [
    ['in', () => 'name' in value],
    ['an entry', () => new Map(JSON.parse(JSON.stringify([secret])))],
    ['a property of a text', () => Object.assign(value, { 0: 'x' })],
    ['a callback', () => ['x'].map(value)],
    ['an executor', () => new Promise(value)],
    ['JSON', () => JSON.parse(secret)],
    ['an address', () => new URL(secret)],
    ['a fetch', () => fetch(secret)],
    ['an argument', () => Buffer.alloc(value)],
    ['a file', () => readFile(`/nowhere/${secret}`)],
    ['a currency', () => new Intl.NumberFormat('en', { style: 'currency', currency: secret })],
    ['a regular expression', () => new RegExp(`${secret}(`)],
    ['a header', () => new Headers({ [secret]: 'x' })],
    ['lines like a stack', () => Promise.reject(new Error(`no\n    at ${secret} (ann@example.org:1:2)`))],
    ['a name', () => Promise.reject(Object.assign(new Error('no'), { name: secret, code: secret }))],
  ];
  for (const [what, work] of quoting)
    it(`says where it was thrown and quotes no value: ${what}`, async () => {
      const error = await thrownBy(work);
      assert.ok(error instanceof Error);
      const [line = '', ...more] = logged(error);
      assert.equal(more.length, 0);
      assert.ok(!/ann|example\.org/i.test(line), line);
      assert.match(line, /^save contact · [A-Za-z]+/);
    });

  it('says what happened where no value can be in it, and in which file', async () => {
    const [line = ''] = logged(await thrownBy(() => JSON.parse('{}').missing.name));
    assert.match(
      line,
      /^save contact · TypeError: Cannot read properties of undefined at .*log\.test\.ts:\d+:\d+/,
    );
  });

  it('names no folder of this computer', async () => {
    const [line = ''] = logged(await thrownBy(() => JSON.parse('{}').missing.name));
    assert.ok(!/[\\/]/.test(line), line);
  });

  it('has the code of a file system', async () => {
    assert.match(logged(await thrownBy(() => readFile('/nowhere/x')))[0] ?? '', /Error ENOENT/);
  });

  it('is none where it was foreseen', () => {
    assert.deepEqual(logged(new ApiError('server')), []);
    assert.deepEqual(logged(new DOMException('Cancelled', 'AbortError')), []);
  });

  it('may be anything', () => {
    assert.deepEqual(logged(secret), ['save contact · failed with a string']);
  });
});
