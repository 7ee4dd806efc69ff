import assert from 'node:assert/strict';
import * as v from 'valibot';
import type { ContactUpdate } from '../../../src/api/contacts';
import { resourceSchema } from '../../../src/api/document';
import { ApiError, type ApiErrorReason } from '../../../src/api/errors';
import { type SaveApi, saveContact } from '../../../src/contacts/saveContact';

/** An API of one contact, whose next answers can be made to fail. */
function api({ etags = false } = {}) {
  let attributes: Record<string, unknown> = {
    first_name: 'Ada',
    last_name: 'Byron',
    email: null,
    extra: { deep: [1] },
  };
  let version = 1;
  const document = () => ({
    resource: v.parse(resourceSchema, structuredClone({ id: 'c', type: 'odd-type', attributes })),
    included: [],
    etag: etags ? `"${version}"` : undefined,
  });
  const calls: string[] = [];
  const self = {
    calls,
    puts: [] as ContactUpdate[],
    /** Called before the n-th call of a kind. */
    before: (_call: string): void => {},
    /** Called after a PUT was carried out; may throw instead of answering. */
    after: (): void => {},
    refused: new Set<string>(),
    colleague: (changes: Record<string, unknown>) => {
      attributes = { ...attributes, ...changes };
      version++;
    },
    get attributes() {
      return attributes;
    },
    async read() {
      calls.push('read');
      self.before('read');
      return document();
    },
    async put(update: ContactUpdate, etag: string | undefined) {
      calls.push('put');
      self.puts.push(structuredClone(update));
      self.before('put');
      if (etag !== undefined && etag !== `"${version}"`) throw new ApiError('conflict', { status: 412 });
      attributes = structuredClone({ ...update.attributes });
      version++;
      self.after();
      return document();
    },
  };
  return self satisfies SaveApi;
}
const once = (call: string, work: () => void) => {
  let done = false;
  return (now: string) => {
    if (done || now !== call) return;
    done = true;
    work();
  };
};
const fail = (reason: ApiErrorReason, status?: number) => () => {
  throw new ApiError(reason, { status });
};

describe('saveContact', () => {
  it('reads, sends the whole once, and gives the answer', async () => {
    const server = api();
    const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'Lovelace' });
    assert.equal(outcome.kind, 'saved');
    assert.deepEqual(server.calls, ['read', 'put']);
    assert.deepEqual(server.puts, [
      {
        id: 'c',
        type: 'odd-type',
        attributes: { first_name: 'Ada', last_name: 'Lovelace', email: null, extra: { deep: [1] } },
      },
    ]);
  });

  it("keeps a colleague's change of another field, and of what nobody here knows", async () => {
    const server = api();
    server.colleague({ email: 'new@example.org', extra: { deep: [2] } });
    await saveContact(server, { last_name: 'Byron' }, { last_name: 'Lovelace' });
    assert.deepEqual(server.attributes, {
      first_name: 'Ada',
      last_name: 'Lovelace',
      email: 'new@example.org',
      extra: { deep: [2] },
    });
  });

  it('sends nothing when both changed the same field', async () => {
    const server = api();
    server.colleague({ last_name: 'King' });
    const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'Lovelace' });
    assert.ok(outcome.kind === 'conflict');
    assert.deepEqual(outcome.conflicts, [
      { field: 'last_name', before: 'Byron', mine: 'Lovelace', theirs: 'King' },
    ]);
    assert.deepEqual(server.calls, ['read']);
  });

  it('sends nothing when somebody made the same change', async () => {
    const server = api();
    server.colleague({ last_name: 'Lovelace' });
    const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'Lovelace' });
    assert.equal(outcome.kind, 'saved');
    assert.deepEqual(server.calls, ['read']);
  });

  it('with an ETag, a change between read and PUT leads back to the merge', async () => {
    const server = api({ etags: true });
    server.before = once('put', () => server.colleague({ email: 'x@example.org' }));
    const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'Lovelace' });
    assert.equal(outcome.kind, 'saved');
    assert.deepEqual(server.calls, ['read', 'put', 'read', 'put']);
    assert.deepEqual([server.attributes.email, server.attributes.last_name], ['x@example.org', 'Lovelace']);
  });

  it('with an ETag, the same field changed between read and PUT is a conflict', async () => {
    const server = api({ etags: true });
    server.before = once('put', () => server.colleague({ last_name: 'King' }));
    const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'Lovelace' });
    assert.equal(outcome.kind, 'conflict');
    assert.equal(server.attributes.last_name, 'King');
  });

  it('a 409 that is not about a change is told, not repeated', async () => {
    const server = api();
    server.before = (call) => call === 'put' && fail('conflict', 409)();
    await assert.rejects(saveContact(server, { last_name: 'Byron' }, { last_name: 'X' }), {
      reason: 'conflict',
    });
    assert.deepEqual(server.calls, ['read', 'put', 'read']);
  });

  for (const reason of ['unreachable', 'timedOut', 'server', 'notUnderstood'] as const) {
    it(`${reason} after the PUT was carried out: saved, found by reading`, async () => {
      const server = api();
      server.after = fail(reason);
      const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'Lovelace' });
      assert.equal(outcome.kind, 'saved');
      assert.deepEqual(server.calls, ['read', 'put', 'read']);
    });

    it(`${reason} before it was: not saved, and sent once`, async () => {
      const server = api();
      server.before = once('put', fail(reason));
      const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'Lovelace' });
      assert.equal(outcome.kind, 'notSaved');
      assert.deepEqual(server.calls, ['read', 'put', 'read']);
    });
  }

  it('a lost answer and nobody to ask: unknown', async () => {
    const server = api();
    server.before = (call) => server.calls.length > 1 && call !== '' && fail('unreachable')();
    assert.equal((await saveContact(server, { last_name: 'Byron' }, { last_name: 'L' })).kind, 'unknown');
  });

  it('a lost answer, and the API tidied what it saved: saved', async () => {
    const server = api();
    server.after = () => {
      server.colleague({ telephone: '+447700900123' });
      fail('timedOut')();
    };
    const outcome = await saveContact(server, { telephone: '' }, { telephone: '+44 7700 900123' });
    assert.equal(outcome.kind, 'saved');
  });

  it('an attribute that nobody edited here and the API refuses by name is left out once, and then for good', async () => {
    const server = api();
    server.before = (call) => {
      if (call === 'put' && 'extra' in (server.puts.at(-1)?.attributes ?? {})) {
        throw new ApiError('invalid', {
          status: 400,
          problems: [{ title: '', detail: 'extra is unknown', field: 'extra' }],
        });
      }
    };
    const extra = server.attributes.extra;
    const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'L' });
    assert.ok(outcome.kind === 'saved');
    assert.deepEqual([outcome.leftOut, outcome.alsoChanged], [['extra'], ['extra']], 'it is gone, and told');
    assert.equal(server.puts.length, 2);
    server.colleague({ extra });
    const next = await saveContact(server, { last_name: 'L' }, { last_name: 'M' });
    assert.deepEqual(next.kind === 'saved' && next.leftOut, ['extra'], 'told at every save');
    assert.equal(server.puts.length, 3);
  });

  for (const [status, leftOut] of [
    [400, ['extra']],
    [422, undefined],
  ] as const)
    it(`a value that is refused with ${status} takes nothing from a contact that has another one`, async () => {
      const refused = new Set<string>();
      const [one, other] = [Object.assign(api(), { refused }), Object.assign(api(), { refused })];
      one.before = (call) => {
        if (call !== 'put' || !('extra' in (one.puts.at(-1)?.attributes ?? {}))) return;
        const problems = [{ title: '', detail: 'extra is too long', field: 'extra' }];
        throw new ApiError('invalid', { status, problems });
      };
      const save = saveContact(one, { last_name: 'Byron' }, { last_name: 'L' });
      if (leftOut === undefined) {
        await assert.rejects(save, { reason: 'invalid', status });
        assert.deepEqual(one.attributes.extra, { deep: [1] }, 'it was not deleted without a word');
      } else assert.deepEqual(await save.then((saved) => saved.kind === 'saved' && saved.leftOut), leftOut);
      other.colleague({ extra: 'Dr' });
      const outcome = await saveContact(other, { last_name: 'Byron' }, { last_name: 'M' });
      assert.deepEqual(outcome.kind === 'saved' && outcome.leftOut, []);
      assert.equal(other.attributes.extra, 'Dr');
    });

  it('a field that the person edited is never left out', async () => {
    const server = api();
    const problems = [
      { title: '', detail: 'no', field: 'last_name' },
      { title: '', detail: 'no', field: 'extra' },
    ];
    server.before = (call) => {
      if (call === 'put') throw new ApiError('invalid', { status: 422, problems });
    };
    await assert.rejects(saveContact(server, { last_name: 'Byron' }, { last_name: 'L' }), {
      reason: 'invalid',
    });
    assert.equal(server.puts.length, 1);
  });

  it('an answer that differs from what was sent, beyond tidying, is told', async () => {
    const server = api();
    server.after = () => server.colleague({ last_name: 'LOVELACE-KING', first_name: ' Ada' });
    const outcome = await saveContact(
      server,
      { last_name: 'Byron', first_name: 'Ada' },
      { last_name: 'Lovelace' },
    );
    assert.ok(outcome.kind === 'saved');
    assert.deepEqual(outcome.differences, [{ field: 'last_name', sent: 'Lovelace', saved: 'LOVELACE-KING' }]);
  });

  it('an API that says yes and keeps the old value has not saved', async () => {
    const server = api();
    server.after = () => server.colleague({ last_name: 'Byron' });
    const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'Lovelace' });
    assert.equal(outcome.kind, 'notTaken');
    assert.deepEqual(outcome.kind === 'notTaken' && outcome.fields, ['last_name']);
    assert.deepEqual(server.calls, ['read', 'put']);
  });

  it('an attribute that nobody edited and the answer gives otherwise is told', async () => {
    const server = api();
    server.after = () => server.colleague({ extra: 'else', last_name: ' LOVELACE' });
    const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'Lovelace' });
    assert.deepEqual(outcome.kind === 'saved' && outcome.alsoChanged, ['extra']);
    assert.deepEqual(outcome.kind === 'saved' && outcome.differences.map(({ field }) => field), [
      'last_name',
    ]);
  });
});
