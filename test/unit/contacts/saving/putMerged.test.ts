import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { type ResourceUpdate, resourceSchema } from '../../../../src/api/http/document';
import { ApiError, type ApiErrorReason, type ApiProblem } from '../../../../src/api/http/errors';
import { contactFields } from '../../../../src/contacts/model/contact';
import type { Edits } from '../../../../src/contacts/model/update';
import type { SaveRequest } from '../../../../src/contacts/saving/outgoing';
import { type PutApi, putMerged } from '../../../../src/contacts/saving/putMerged';
import type { FieldName } from '../../../../src/protocol/fields';

/** An API with one contact, whose next responses can fail. */
function api({ etags = false } = {}) {
  let attributes: Record<string, unknown> = {
    first_name: 'Ada',
    last_name: 'Byron',
    email: null,
    extra: { deep: [1] },
  };
  let version = 1;
  const document = () => ({
    resource: z.parse(resourceSchema, structuredClone({ id: 'c', type: 'odd-type', attributes })),
    included: [],
    etag: etags ? `"${version}"` : undefined,
  });
  const calls: string[] = [];
  const self = {
    calls,
    puts: [] as ResourceUpdate[],
    /** Called before the n-th call of a kind. */
    before: (_call: string): void => {},
    /** Called after a PUT was carried out; may throw in place of a response. */
    after: (): void => {},
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
    async put(update: ResourceUpdate, etag: string | undefined) {
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
  return self satisfies PutApi<FieldName>;
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

const saveContact = (
  server: PutApi<FieldName>,
  base: Edits,
  edits: Edits,
  more: Partial<SaveRequest<FieldName>> = {},
) => putMerged(contactFields, server, { base, edits, ...more });

describe('putMerged', () => {
  for (const none of [undefined, null])
    it(`sends nothing that is made from a reading whose attributes are ${none}`, async () => {
      const server = api();
      const whole = server.read;
      server.read = async () => {
        const read = await whole();
        return { ...read, resource: { ...read.resource, attributes: none } };
      };
      const saving = saveContact(server, { last_name: '' }, { last_name: 'Lovelace' });
      await assert.rejects(saving, { reason: 'badResponse' });
      assert.deepEqual(server.puts, []);
    });

  it('says of a save whose answer was lost that it is not known, where the next reading has no attributes', async () => {
    const server = api();
    const whole = server.read;
    server.after = () => {
      server.read = async () => {
        const read = await whole();
        return { ...read, resource: { ...read.resource, attributes: null } };
      };
      throw new ApiError('unreachable');
    };
    const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'Lovelace' });
    assert.equal(outcome.kind, 'unknown');
  });

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
    // It is an ordinary refusal, because no colleague changed the contact.
    await assert.rejects(saveContact(server, { last_name: 'Byron' }, { last_name: 'X' }), {
      reason: 'invalid',
      status: 409,
    });
    assert.deepEqual(server.calls, ['read', 'put', 'read']);
  });

  for (const reason of ['unreachable', 'timedOut', 'server', 'badResponse'] as const) {
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

  /** An API that refuses each PUT with the attribute `extra`. */
  function refusing(problem: Partial<ApiProblem>, status = 400) {
    const server = api();
    server.before = (call) => {
      if (call === 'put' && 'extra' in (server.puts.at(-1)?.attributes ?? {}))
        throw new ApiError('invalid', { status, problems: [{ title: '', detail: '', ...problem }] });
    };
    return server;
  }

  for (const status of [400, 422])
    it(`a value of another attribute that is refused with ${status} is told, and nothing more is sent`, async () => {
      const server = refusing({ detail: 'extra must be one of occupier, owner', field: 'extra' }, status);
      const save = saveContact(server, { last_name: 'Byron' }, { last_name: 'L' });
      await assert.rejects(save, { reason: 'invalid', status });
      assert.equal(server.puts.length, 1);
      assert.deepEqual(server.attributes.extra, { deep: [1] }, 'it is still there');
    });

  it('an attribute whose name is refused is left out only once the person agrees, and only with that value', async () => {
    const server = refusing({ refusedName: 'extra' });
    const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'L' });
    assert.ok(outcome.kind === 'nameRefused');
    assert.deepEqual(outcome.attributes, [{ name: 'extra', value: { deep: [1] } }]);
    assert.equal(server.puts.length, 1);
    const without = outcome.attributes;
    server.colleague({ extra: 'Dr' });
    const changed = await saveContact(server, { last_name: 'Byron' }, { last_name: 'L' }, { without });
    assert.equal(changed.kind, 'nameRefused', 'a newer value is asked about again');
    assert.equal(server.attributes.extra, 'Dr');
    server.colleague({ extra: { deep: [1] } });
    const agreed = await saveContact(server, { last_name: 'Byron' }, { last_name: 'L' }, { without });
    assert.ok(agreed.kind === 'saved');
    assert.deepEqual([agreed.leftOut, agreed.alsoChanged], [['extra'], ['extra']], 'it is gone, and told');
    server.colleague({ extra: { deep: [1] } });
    const next = await saveContact(server, { last_name: 'L' }, { last_name: 'M' });
    assert.equal(next.kind, 'nameRefused', 'the agreement was for one save');
  });

  it('nothing is offered where the refusal is also about something else', async () => {
    const server = api();
    const problems = [
      { title: '', detail: 'too long', field: 'salutation' },
      { title: '', detail: '', refusedName: 'extra' },
    ];
    server.before = (call) => {
      if (call === 'put') throw new ApiError('invalid', { status: 400, problems });
    };
    await assert.rejects(saveContact(server, { last_name: 'Byron' }, { last_name: 'L' }), {
      reason: 'invalid',
    });
  });

  it('nothing is offered where the refusal quotes what the attribute holds', async () => {
    const server = api();
    server.colleague({ association: 'landlord' });
    const problems = [{ title: '', detail: 'Property is not allowed: landlord', refusedName: 'association' }];
    server.before = (call) => {
      if (call === 'put') throw new ApiError('invalid', { status: 400, problems });
    };
    await assert.rejects(saveContact(server, { last_name: 'Byron' }, { last_name: 'L' }), {
      reason: 'invalid',
    });
  });

  it('a field that the person edited is never left out', async () => {
    const server = api();
    const problems = [
      { title: '', detail: 'no', field: 'last_name', refusedName: 'last_name' },
      { title: '', detail: 'no', field: 'extra', refusedName: 'extra' },
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
    assert.equal(outcome.kind, 'ignored');
    assert.deepEqual(outcome.kind === 'ignored' && outcome.fields, ['last_name']);
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

  for (const [field, old, typed] of [
    ['email', 'Ada@Example.org', 'ada@example.org'],
    ['telephone', '+447700900123', '+44 7700 900123'],
    ['last_name', 'Van  Dyke', 'Van Dyke'],
    ['last_name', 'Jose\u0301', 'Jos\u00e9'],
  ] as const) {
    const base = { [field]: old };
    const edits = { [field]: typed };

    it(`a lost PUT of ${old} → ${typed} is not saved`, async () => {
      const server = api();
      server.colleague(base);
      server.before = once('put', fail('unreachable'));
      const outcome = await saveContact(server, base, edits);
      assert.equal(outcome.kind, 'notSaved');
      assert.equal(server.attributes[field], old);
    });

    it(`an API that says yes to ${old} → ${typed} and keeps the old value has not saved`, async () => {
      const server = api();
      server.colleague(base);
      server.after = () => server.colleague(base);
      const outcome = await saveContact(server, base, edits);
      assert.deepEqual(outcome.kind === 'ignored' && outcome.fields, [field]);
    });
  }

  it('what an answer leaves out is read before anything is said', async () => {
    for (const answer of [{}, { attributes: { first_name: 'Ada' } }]) {
      const server = api();
      const { put } = server;
      server.put = async (...sent) => {
        await put(...sent);
        const resource = z.parse(resourceSchema, { id: 'c', type: 'odd-type', ...answer });
        return { resource, included: [], etag: undefined };
      };
      const outcome = await saveContact(server, { telephone: '' }, { telephone: '2' });
      assert.equal(outcome.kind, 'saved');
      assert.deepEqual(server.calls, ['read', 'put', 'read']);
      assert.equal(outcome.kind === 'saved' && outcome.document.resource.attributes?.telephone, '2');
    }
  });

  it('an answer that shows nothing, and nobody to ask, is not known to be saved', async () => {
    const server = api();
    const { put } = server;
    server.put = async (...sent) => {
      await put(...sent);
      server.before = fail('unreachable');
      return undefined as never;
    };
    const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'L' });
    assert.equal(outcome.kind, 'unknown');
  });

  it('an error that nobody foresaw, after the PUT was sent, is no proof that it was refused', async () => {
    const server = api();
    server.after = () => {
      throw new TypeError('unforeseen');
    };
    const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'L' });
    assert.equal(outcome.kind, 'saved');
    assert.ok(
      outcome.kind === 'saved' && outcome.error instanceof TypeError,
      'it is handed on, to be logged',
    );
  });

  describe('with a tag that the API does not take', () => {
    /**
     * Responds to each conditional PUT with 412.
     * @param tag returns the ETag of each read
     */
    function strict(tag: (reading: number) => string) {
      const server = api();
      const { read, put } = server;
      const tags: (string | undefined)[] = [];
      let reading = 0;
      server.read = async () => ({ ...(await read()), etag: tag(++reading) });
      server.put = async (update, etag) => {
        tags.push(etag);
        if (etag === undefined) return put(update, undefined);
        server.calls.push('put');
        throw new ApiError('conflict', { status: 412 });
      };
      return Object.assign(server, { tags });
    }

    it('saves without it when nothing changed', async () => {
      const server = strict(() => '"v1"');
      const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'L' });
      assert.equal(outcome.kind, 'saved');
      assert.deepEqual(server.tags, ['"v1"', undefined]);
    });

    it('saves without it when each reading has another one of the same contact', async () => {
      const server = strict((n) => `"v${n}"`);
      const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'L' });
      assert.equal(outcome.kind, 'saved');
      assert.deepEqual(server.tags, ['"v1"', '"v2"', undefined]);
    });

    it('still sees what a colleague changed', async () => {
      const server = strict(() => '"v1"');
      server.before = (call) => {
        if (call === 'read' && server.calls.length > 1) server.colleague({ last_name: 'King' });
      };
      const outcome = await saveContact(server, { last_name: 'Byron' }, { last_name: 'L' });
      assert.equal(outcome.kind, 'conflict');
      assert.equal(server.attributes.last_name, 'King');
    });

    it('keeps to the tag while a colleague changes anything', async () => {
      const server = strict((n) => `"v${n}"`);
      let changes = 0;
      server.before = (call) => call === 'read' && server.colleague({ extra: ++changes });
      await assert.rejects(saveContact(server, { last_name: 'Byron' }, { last_name: 'L' }), {
        reason: 'conflict',
      });
      assert.ok(server.tags.every((tag) => tag !== undefined));
    });
  });

  describe('values of ours that may have arrived earlier', () => {
    it('are no colleague’s, as the API tidied them', async () => {
      const server = api();
      server.colleague({ email: 'ada@x.org' });
      const sent = { email: 'Ada@X.org' };
      const outcome = await saveContact(server, { email: '' }, sent, { sent });
      assert.equal(outcome.kind, 'saved');
      assert.deepEqual(server.calls, ['read']);
    });

    it('are what was typed since stands on', async () => {
      const server = api();
      server.colleague({ email: 'ada@x.org' });
      const sent = { email: 'Ada@X.org' };
      const outcome = await saveContact(server, { email: '' }, { email: 'b@x.org' }, { sent });
      assert.equal(outcome.kind, 'saved');
      assert.equal(server.attributes.email, 'b@x.org');
    });

    it('hide nothing that a colleague wrote', async () => {
      const server = api();
      server.colleague({ email: 'king@x.org' });
      const sent = { email: 'Ada@X.org' };
      const outcome = await saveContact(server, { email: '' }, { email: 'b@x.org' }, { sent });
      assert.equal(outcome.kind, 'conflict');
    });
  });

  it('a list or an object in a field is never replaced unseen', async () => {
    const server = api();
    server.colleague({ telephone: { work: '1' } });
    const outcome = await saveContact(server, { telephone: '' }, { telephone: '2' });
    assert.deepEqual(outcome.kind === 'conflict' && outcome.conflicts.map(({ theirs }) => theirs), [
      '{"work":"1"}',
    ]);
    const over = { telephone: '{"work":"1"}' };
    server.colleague({ telephone: { work: '3' } });
    assert.equal((await saveContact(server, over, { telephone: '2' })).kind, 'conflict');
  });
});
