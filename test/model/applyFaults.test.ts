/** Tests every fault at every moment of an Apply of ten contacts. */
import assert from 'node:assert/strict';
import type { ContactRef } from '../../src/api/contacts';
import type { ApplyResult } from '../../src/changes/apply/apply';
import type { Plan } from '../../src/changes/plan/plan';
import { isEmpty } from '../../src/contacts/drafts/draft';
import { createSandbox } from '../../src/sandbox/sandbox';
import { ApplyWindow } from '../support/applyWindow';
import { MemoryDisk } from '../support/memoryDisk';

const contacts = 10;
const never = new Promise<never>(() => undefined);
const jsonApi = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/vnd.api+json', ...headers },
  });
const refused = (status: number, headers = {}) =>
  jsonApi(status, { errors: [{ status: `${status}`, title: 'Refused', detail: 'by the test' }] }, headers);

interface Fault {
  /** True if the request reaches the API and is carried out. */
  readonly carriedOut: boolean;
  readonly answer: () => Response | Promise<Response>;
  /** True if the window is killed at that moment. */
  readonly kills?: boolean;
}

const lost = () => Promise.reject(new TypeError('fetch failed'));
const faults: Readonly<Record<string, Fault>> = {
  'no connection': { carriedOut: false, answer: lost },
  'answer lost': { carriedOut: true, answer: lost },
  '500, not carried out': { carriedOut: false, answer: () => refused(500) },
  '500, carried out': { carriedOut: true, answer: () => refused(500) },
  'a page in place of JSON': {
    carriedOut: true,
    answer: () => new Response('<html>', { status: 200, headers: { 'content-type': 'text/html' } }),
  },
  'success with an error document': {
    carriedOut: false,
    answer: () => jsonApi(200, { errors: [{ title: 'No' }] }),
  },
  'empty answer': { carriedOut: true, answer: () => new Response(null, { status: 204 }) },
  '400': { carriedOut: false, answer: () => refused(400) },
  '401': { carriedOut: false, answer: () => refused(401) },
  '403': { carriedOut: false, answer: () => refused(403) },
  '404': { carriedOut: false, answer: () => refused(404) },
  '409': { carriedOut: false, answer: () => refused(409) },
  '412': { carriedOut: false, answer: () => refused(412) },
  '422': { carriedOut: false, answer: () => refused(422) },
  '429': { carriedOut: false, answer: () => refused(429, { 'retry-after': '2' }) },
  '429, for an hour': { carriedOut: false, answer: () => refused(429, { 'retry-after': '3600' }) },
  '503 with a wait': { carriedOut: false, answer: () => refused(503, { 'retry-after': '2' }) },
  'killed before': { carriedOut: false, answer: () => never, kills: true },
  'killed after': { carriedOut: true, answer: () => never, kills: true },
};

interface Put {
  readonly contactId: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** An API with a fault at one of the requests after `begin`, which records the changes that it carries out. */
class Api {
  readonly #sandbox = createSandbox({ contacts: 20, token: 'token' });
  readonly puts: Put[] = [];
  requests = 0;
  fault: { readonly at: number; readonly fault: Fault } | undefined;
  /** Called when the window is killed. */
  kill: () => void = () => undefined;

  begin(at: number, fault: Fault): void {
    this.requests = 0;
    this.fault = { at, fault };
  }

  fetch = async (request: Request): Promise<Response> => {
    const fault = this.requests++ === this.fault?.at ? this.fault.fault : undefined;
    if (fault?.kills) this.kill();
    if (fault && !fault.carriedOut) return fault.answer();
    if (request.method === 'PUT') {
      const { data } = (await request.clone().json()) as {
        data: { id: string; attributes: Put['attributes'] };
      };
      const before = await this.attributes(new URL(request.url).pathname);
      this.puts.push({ contactId: data.id, before, attributes: data.attributes });
    }
    const answer = await this.#sandbox.fetch(request);
    return fault ? fault.answer() : answer;
  };

  async attributes(path: string): Promise<Readonly<Record<string, unknown>>> {
    const { data } = (await this.#get(path)) as { data: { attributes: Readonly<Record<string, unknown>> } };
    return data.attributes;
  }

  async refs(): Promise<readonly ContactRef[]> {
    const { data: organisations } = (await this.#get('/v3/orgs')) as { data: readonly { id: string }[] };
    const organisationId = organisations[0]?.id ?? '';
    const path = `/v3/orgs/${organisationId}/customers/contacts?limit=${contacts}`;
    const { data } = (await this.#get(path)) as { data: readonly { id: string }[] };
    return data.map(({ id: contactId }) => ({ organisationId, contactId }));
  }

  async #get(path: string): Promise<unknown> {
    const headers = { 'X-Session-Token': 'token' };
    return (await this.#sandbox.fetch(new Request(`http://api.test${path}`, { headers }))).json();
  }
}

const pathOf = ({ organisationId, contactId }: ContactRef) =>
  `/v3/orgs/${organisationId}/customers/contacts/${contactId}`;
const wanted = (n: number) => `new-${n}@example.org`;

/** Plans new email addresses for ten contacts in the first of up to two windows. */
async function begin() {
  const api = new Api();
  const disk = new MemoryDisk();
  const refs = await api.refs();
  const before = await Promise.all(refs.map((ref) => api.attributes(pathOf(ref))));
  let isKilled = false;
  const window = new ApplyWindow({
    disk,
    fetch: (request) => (isKilled ? never : api.fetch(request)),
    before: () => (isKilled ? never : undefined),
  });
  const killed = new Promise<void>((resolve) => {
    api.kill = () => {
      isKilled = true;
      resolve();
    };
  });
  for (const [n, ref] of refs.entries()) await window.type(ref, 'email', wanted(n));
  await window.flush();
  const plan = await window.plan(refs);
  assert.equal(plan.items.length, contacts);
  return { api, disk, refs, before, window, plan, killed };
}

type World = Awaited<ReturnType<typeof begin>>;

/** Checks that only planned values are sent, and each only once. */
function checkPuts({ api, refs }: World): void {
  for (const { contactId, before, attributes } of api.puts) {
    const n = refs.findIndex((ref) => ref.contactId === contactId);
    assert.deepEqual(attributes, { ...before, email: wanted(n) });
    assert.notEqual(before.email, wanted(n), 'sent although it had arrived');
  }
  const ids = api.puts.map(({ contactId }) => contactId);
  assert.deepEqual(ids, [...new Set(ids)], 'carried out twice');
}

/** Checks that each outcome is correct, and that edits that did not arrive are still drafts. */
async function checkOutcomes({ api, refs, before }: World, window: ApplyWindow, { outcomes }: ApplyResult) {
  for (const [n, ref] of refs.entries()) {
    const { email } = await api.attributes(pathOf(ref));
    const kind = outcomes[n]?.kind;
    const isThere = email === wanted(n);
    assert.ok(isThere || email === before[n]?.email);
    if (kind === 'saved' || kind === 'alreadySo') assert.ok(isThere, `${n} is told to be saved`);
    if (kind === 'pending' || kind === 'refused' || kind === 'conflict')
      assert.ok(!isThere, `${n} is told not to be`);
    if (!isThere) assert.equal(window.draft(ref)?.edits.email, wanted(n), `the edit of ${n} is gone`);
    if (kind === 'saved') assert.ok(isEmpty(window.draft(ref)), `${n} is saved and still a draft`);
  }
}

/** Checks that another Apply finishes the work after faults. @param isNew true to use a new window */
async function finish(world: World, isNew: boolean): Promise<void> {
  const { api, disk, refs } = world;
  api.fault = undefined;
  if (isNew) api.kill();
  const window = isNew ? new ApplyWindow({ disk, fetch: api.fetch }) : world.window;
  await window.clock.runUntil(window.drafts.ready());
  assert.ok(await window.verify());
  const again: Plan = await window.plan(refs);
  for (const { ref } of again.items)
    assert.ok(!api.puts.some(({ contactId }) => contactId === ref.contactId), 'planned although it arrived');
  const result = (await window.apply(again)) ?? assert.fail();
  assert.equal(result.stopped, undefined);
  assert.ok(result.outcomes.every(({ kind }) => kind === 'saved'));
  checkPuts(world);
  assert.equal(api.puts.length, contacts);
  for (const [n, ref] of refs.entries()) {
    assert.equal((await api.attributes(pathOf(ref))).email, wanted(n));
    assert.ok(isEmpty(window.draft(ref)));
  }
  const batches = await window.journal.batches('http://api.test');
  assert.ok(batches.every(({ items }) => items.every(({ outcome }) => outcome.kind !== 'unknown')));
}

describe('an Apply of ten contacts', () => {
  for (const [name, fault] of Object.entries(faults))
    it(`loses nothing and sends nothing twice: ${name}, at any request`, async () => {
      for (let at = 0; at < 2 * contacts; at++) {
        const world = await begin();
        world.api.begin(at, fault);
        const applying = world.window.apply(world.plan, undefined, {}, world.killed);
        if (!fault.kills) {
          const result = (await applying) ?? assert.fail();
          checkPuts(world);
          await checkOutcomes(world, world.window, result);
        }
        await applying;
        await finish(world, fault.kills === true);
      }
    });

  it('sends nothing that is not in the journal: the disk refuses, at any write', async () => {
    for (let at = 0; at < 8; at++) {
      const world = await begin();
      let writes = 0;
      const window = new ApplyWindow({
        disk: world.disk,
        fetch: world.api.fetch,
        before: (operation, path) => {
          if (
            path.includes('/applied/') &&
            (operation === 'write' || operation === 'rename') &&
            writes++ === at
          )
            throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        },
      });
      await window.clock.runUntil(window.drafts.ready());
      const result = (await window.apply(await window.plan(world.refs))) ?? assert.fail();
      checkPuts(world);
      await checkOutcomes(world, window, result);
      await window.flush();
      await finish(world, true);
    }
  });

  it('can be cancelled at any request: those under way come to their end', async () => {
    for (let at = 0; at < 2 * contacts; at++) {
      const world = await begin();
      const abort = new AbortController();
      const window = new ApplyWindow({
        disk: world.disk,
        fetch: async (request) => {
          if (world.api.requests === at) abort.abort();
          return world.api.fetch(request);
        },
      });
      await window.clock.runUntil(window.drafts.ready());
      const plan = await window.plan(world.refs);
      world.api.requests = 0;
      const result = (await window.apply(plan, abort.signal)) ?? assert.fail();
      checkPuts(world);
      await checkOutcomes(world, window, result);
      if (result.outcomes.some(({ kind }) => kind === 'pending')) assert.equal(result.stopped, 'cancelled');
      await window.flush();
      await finish(world, true);
    }
  });
});
