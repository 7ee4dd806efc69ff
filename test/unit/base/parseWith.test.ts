import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { parseWith, withFallback } from '../../../src/base/parseWith';

const root = join(__dirname, '../../..');

describe('parseWith', () => {
  it('keeps unknown attributes of a loose object, whatever their names and values', () => {
    const schema = z.looseObject({ known: z.string() });
    const key = fc.string().filter((name) => name !== '__proto__');
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue(), { maxKeys: 5 }), (others) => {
        const given = { ...others, known: 'x' };
        assert.deepEqual({ ...parseWith(schema, given) }, given);
      }),
    );
  });

  it('takes no prototype for an attribute', () => {
    const parsed = parseWith(z.looseObject({}), JSON.parse('{"__proto__":{"admin":true}}'));
    assert.equal(Reflect.get(Object(parsed), 'admin'), undefined);
  });

  it('does not throw what an input throws, which could hold a value', () => {
    const hostile = Object.defineProperty({}, 'name', {
      enumerable: true,
      get: () => {
        throw new Error('a value');
      },
    });
    assert.equal(parseWith(z.object({ name: z.string() }), hostile), undefined);
  });

  it('takes no part of 200,000 wrong ones', () => {
    const short = z.array(z.string().check(z.maxLength(1)));
    assert.equal(parseWith(z.object({ all: short }), { all: Array(200_000).fill('long') }), undefined);
  });

  it('falls back where a part is missing or wrong, as zod itself does', () => {
    const of = <T>(part: z.ZodMiniType<T>) => z.object({ part });
    const inputs = [{}, { part: undefined }, { part: null }, { part: 1 }, { part: 'x' }, [], null];
    for (const input of inputs) {
      assert.deepEqual(
        parseWith(of(withFallback(z.string(), '')), input),
        parseWith(of(z.catch(z.string(), '')), input),
      );
      const optional = z.optional(z.string());
      assert.deepEqual(
        parseWith(of(withFallback(optional, undefined)), input),
        parseWith(of(z.catch(optional, undefined)), input),
      );
    }
  });

  it('works where no code may be made of text', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ctrl-hub-zod-'));
    try {
      const outfile = join(folder, 'messages.cjs');
      await build({
        entryPoints: [join(root, 'src/panel/messages.ts')],
        outfile,
        bundle: true,
        platform: 'node',
        format: 'cjs',
        logLevel: 'silent',
      });
      const script = `console.log(JSON.stringify(require(${JSON.stringify(outfile)}).parseIntent({ type: 'save' })))`;
      const flag = '--disallow-code-generation-from-strings';
      assert.equal(execFileSync(process.execPath, [flag, '-e', script]).toString().trim(), '{"type":"save"}');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
