import assert from 'node:assert/strict';
import type { ContactRef } from '../../../../src/api/contacts';
import type { ApplyProgress } from '../../../../src/changes/apply/apply';
import { JournalFiles } from '../../../../src/changes/apply/journalFiles';
import { resultCsv } from '../../../../src/changes/apply/resultCsv';
import { isEmpty } from '../../../../src/contacts/drafts/draft';
import { createSandbox } from '../../../../src/sandbox/sandbox';
import { ApplyWindow } from '../../../support/applyWindow';
import { newGate } from '../../../support/gate';
import { type Before, MemoryDisk } from '../../../support/memoryDisk';
import { SteppedClock } from '../../../support/steppedClock';

const refusal = (status: number, headers: Readonly<Record<string, string>> = {}) =>
  new Response(JSON.stringify({ errors: [{ title: 'Refused', detail: 'in its own words' }] }), {
    status,
    headers: { 'content-type': 'application/vnd.api+json', ...headers },
  });

/** Sets up a window with edits of some contacts, and an API that may refuse a request. */
async function begin(count: number, awaitSession?: () => Promise<undefined>) {
  const sandbox = createSandbox({ contacts: 25, token: 'token' });
  const api = {
    requests: [] as string[],
    refuse: (_: Request): Promise<Response | undefined> | Response | undefined => undefined,
  };
  const ask = async (path: string) =>
    (
      await sandbox.fetch(new Request(`http://api.test${path}`, { headers: { 'X-Session-Token': 'token' } }))
    ).json();
  const organisationId = (await ask('/v3/orgs')).data[0].id as string;
  const { data } = await ask(`/v3/orgs/${organisationId}/customers/contacts?limit=${count}`);
  const refs: ContactRef[] = data.map(({ id }: { id: string }) => ({ organisationId, contactId: id }));
  const disk = new MemoryDisk();
  const fetch = async (request: Request) => {
    api.requests.push(request.method);
    return (await api.refuse(request)) ?? sandbox.fetch(request);
  };
  const hangs = { drafts: false };
  const never = new Promise<never>(() => undefined);
  const before = (_: string, path: string) => (hangs.drafts && path.includes('/drafts') ? never : undefined);
  const window = new ApplyWindow({ disk, fetch, before, ...(awaitSession && { awaitSession }) });
  for (const [n, ref] of refs.entries()) await window.type(ref, 'first_name', `New ${n}`);
  const plan = await window.plan(refs);
  const puts = () => api.requests.filter((method) => method === 'PUT').length;
  return { api, sandbox, refs, disk, fetch, hangs, window, plan, puts };
}

describe('applying a plan', () => {
  it('stops after three like failures in a row, and tells the server’s words', async () => {
    const { api, window, plan, puts } = await begin(20);
    api.refuse = ({ method }) => (method === 'PUT' ? refusal(422) : undefined);
    const result = await window.apply(plan);
    assert.equal(result?.stopped, 'likeFailures');
    // Apply saves four contacts at a time, and finishes those in progress.
    assert.ok(puts() <= 6, `${puts()}`);
    const [first] = result.outcomes;
    assert.ok(first?.kind === 'refused');
    assert.deepEqual(
      [first.reason, first.status, first.words],
      ['invalid', 422, ['Refused: in its own words']],
    );
    assert.equal(result.outcomes.filter(({ kind }) => kind === 'pending').length, 20 - puts());
  });

  it('goes on where contacts are gone or only some are refused', async () => {
    const { api, window, plan, refs } = await begin(20);
    const gone = refs.slice(3, 9).map(({ contactId }) => contactId);
    api.refuse = ({ url }) => (gone.some((id) => url.includes(id)) ? refusal(404) : undefined);
    const result = await window.apply(plan);
    assert.equal(result?.stopped, undefined);
    assert.deepEqual(
      result?.outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.reason : outcome.kind)),
      refs.map(({ contactId }) => (gone.includes(contactId) ? 'notFound' : 'saved')),
    );
  });

  it('stops at once on 403', async () => {
    const { api, window, plan, puts } = await begin(20);
    api.refuse = ({ method }) => (method === 'PUT' ? refusal(403) : undefined);
    assert.equal((await window.apply(plan))?.stopped, 'forbidden');
    assert.ok(puts() <= 4);
  });

  it('waits for a session, and stops where nobody signs in again', async () => {
    const ended = await begin(8, async () => undefined);
    ended.api.refuse = () => refusal(401);
    const result = await ended.window.apply(ended.plan);
    assert.equal(result?.stopped, 'session');
    assert.ok(result.outcomes.every(({ kind }) => kind === 'pending'));
    assert.equal(ended.puts(), 0);

    const { api, window, plan, puts } = await begin(8);
    let isRefused = true;
    api.refuse = ({ method }) => (method === 'PUT' && isRefused ? refusal(401) : undefined);
    const awaitSession = async () => {
      isRefused = false;
      return window.sender;
    };
    const again = await window.apply(plan, undefined, { awaitSession });
    assert.equal(again?.stopped, undefined);
    assert.ok(again?.outcomes.every(({ kind }) => kind === 'saved'));
    assert.ok(puts() <= 12);
  });

  it('says that it waits for a session also when a contact is saved during the wait', async () => {
    const { api, window, plan, puts } = await begin(4);
    const [answer, saved] = [newGate(), newGate()];
    api.refuse = async ({ method }) => {
      if (method !== 'PUT') return undefined;
      if (puts() > 1) return refusal(401);
      await answer.opened;
      return undefined;
    };
    const progress: ApplyProgress[] = [];
    const onProgress = (one: ApplyProgress) => {
      progress.push(one);
      if (one.done === 1) saved.open();
    };
    const awaitSession = async () => {
      answer.open();
      await saved.opened;
      return undefined;
    };
    await window.apply(plan, undefined, { onProgress, awaitSession });
    assert.deepEqual(progress.find(({ done }) => done === 1)?.waiting, { for: 'session' });
  });

  it('asks for one new session, also if the last answer of the old one is late', async () => {
    const { api, window, plan, puts } = await begin(6);
    const late = newGate();
    let hasEnded = true;
    api.refuse = async ({ method }) => {
      if (method !== 'PUT' || !hasEnded) return undefined;
      if (puts() === 1) await late.opened;
      return refusal(401);
    };
    let sessions = 0;
    const awaitSession = async () => {
      if (++sessions > 1) return undefined;
      hasEnded = false;
      return { ...window.sender };
    };
    const onProgress = ({ done }: ApplyProgress) => done >= 3 && late.open();
    const result = await window.apply(plan, undefined, { awaitSession, onProgress });
    assert.equal(result?.stopped, undefined);
    assert.equal(sessions, 1);
  });

  for (const [wait, others] of [
    ['the server', () => refusal(429, { 'retry-after': '290' })],
    ['a session', () => refusal(401)],
  ] as const)
    it(`stops at once on 403, also while other contacts wait for ${wait}`, async () => {
      const { api, window, plan, puts } = await begin(4);
      const waits = newGate();
      api.refuse = async ({ method }) => {
        if (method !== 'PUT') return undefined;
        if (puts() > 1) return others();
        await waits.opened;
        return refusal(403);
      };
      const progress: ApplyProgress[] = [];
      const onProgress = (one: ApplyProgress) => {
        progress.push(one);
        if (one.waiting) waits.open();
      };
      const awaitSession = (signal: AbortSignal) =>
        new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
      const start = window.clock.monotonic();
      const result = await window.apply(plan, undefined, { awaitSession, onProgress });
      assert.equal(result?.stopped, 'forbidden');
      // The server asked for 290 s.
      assert.ok(window.clock.monotonic() - start < 100_000);
      assert.equal(progress.at(-1)?.waiting, undefined);
    });

  it('lets nothing begin while the server asks to wait', async () => {
    const { api, window, plan } = await begin(20);
    let until = 0;
    let refusals = 0;
    api.refuse = ({ method }) => {
      const now = window.clock.monotonic();
      if (method === 'PUT' && until === 0) {
        until = now + 30_000;
        refusals++;
        return refusal(429, { 'retry-after': '30' });
      }
      // Other requests may have been in progress.
      if (now < until) refusals++;
      return undefined;
    };
    const progress: ApplyProgress[] = [];
    const result = await window.apply(plan, undefined, { onProgress: (one) => progress.push(one) });
    assert.ok(refusals <= 8, `${refusals}`);
    assert.ok(result?.outcomes.every(({ kind }) => kind === 'saved'));
    assert.ok(progress.some(({ waiting }) => waiting?.for === 'server'));
    assert.deepEqual(progress.at(-1)?.done, 20);
  });

  it('lets nothing begin while the server asks to wait, also where the disk was slow', async () => {
    const { disk, fetch, api, refs } = await begin(4);
    const waits = newGate();
    let checks = 0;
    // The fourth contact waits for the lock until the server has refused the first one.
    const before: Before = (operation, path) =>
      operation === 'read' &&
      path.endsWith('lock') &&
      disk.texts('.json').some((text) => text.includes('announced')) &&
      ++checks === 4
        ? waits.opened
        : undefined;
    const window = new ApplyWindow({ disk, fetch, before });
    let until = 0;
    const early: string[] = [];
    api.refuse = ({ method, url }) => {
      const now = window.clock.monotonic();
      if (method === 'PUT' && until === 0) {
        until = now + 30_000;
        return refusal(429, { 'retry-after': '30' });
      }
      if (method === 'GET' && now < until) early.push(url);
      return undefined;
    };
    for (const ref of refs) await window.type(ref, 'first_name', 'Newer');
    const onProgress = ({ waiting }: ApplyProgress) => waiting && waits.open();
    const result = await window.apply(await window.plan(refs), undefined, { onProgress });
    assert.ok(result?.outcomes.every(({ kind }) => kind === 'saved'));
    assert.ok(checks > 4);
    assert.deepEqual(early, []);
  });

  it('is done by one window at a time', async () => {
    const { disk, window, plan, puts } = await begin(4);
    const clock = new SteppedClock();
    const other = await new JournalFiles('/global', disk.window(), clock).lock();
    const holding = setInterval(() => clock.advance(1_000), 1);
    assert.equal((await window.apply(plan))?.stopped, 'otherWindow');
    assert.equal(puts(), 0);
    clearInterval(holding);
    // The first window was killed, so its lock expires after some time without a renewal.
    assert.equal((await window.apply(plan))?.stopped, undefined);
    assert.equal(puts(), 4);
    assert.equal(await other?.isHeld(), false);
  });

  it('is told as interrupted where a window was killed, and not where one is at its end', async () => {
    const { disk, refs, fetch } = await begin(4);
    /** A window whose PUTs arrive, and get no answer before the gate opens. */
    async function applies(value: string) {
      const [arrived, answer, killed] = [newGate(), newGate(), newGate()];
      const held = async (request: Request) => {
        const response = await fetch(request);
        if (request.method === 'PUT') arrived.open();
        if (request.method === 'PUT') await answer.opened;
        return response;
      };
      const window = new ApplyWindow({ disk, fetch: held });
      for (const ref of refs) await window.type(ref, 'first_name', value);
      const result = window.apply(await window.plan(refs), undefined, {}, killed.opened);
      await arrived.opened;
      return { answer, killed, result };
    }
    const ending = await applies('New');
    // A second window starts, and the first one ends while the second waits for it.
    const before = () => (second.clock.monotonic() > 7_000 ? ending.answer.open() : undefined);
    const second: ApplyWindow = new ApplyWindow({ disk, fetch, before });
    assert.equal(await second.verifyAtStart(), undefined);
    ending.answer.open();
    assert.ok((await ending.result)?.outcomes.every(({ kind }) => kind === 'saved'));
    assert.deepEqual(await new ApplyWindow({ disk, fetch }).verifyAtStart(), []);

    const { killed, result } = await applies('Newer');
    killed.open();
    assert.equal(await result, undefined);
    const told = await new ApplyWindow({ disk, fetch }).verifyAtStart();
    assert.deepEqual(
      told?.map(({ kind }) => kind),
      refs.map(() => 'saved'),
    );
    assert.deepEqual(await new ApplyWindow({ disk, fetch }).verifyAtStart(), []);
  });

  it('has each contact in the journal before it is sent', async () => {
    const { api, disk, window, plan, refs, puts } = await begin(20);
    const announced = () =>
      disk
        .texts('.json')
        .filter((text) => text.includes('announced'))
        .flatMap((text) => (JSON.parse(text).announced as number[] | undefined) ?? []);
    api.refuse = ({ method, url }) => {
      if (method === 'PUT') {
        const n = refs.findIndex(({ contactId }) => url.includes(contactId));
        assert.ok(announced().includes(n), `${n} is sent and not in the journal`);
      }
      return undefined;
    };
    const result = await window.apply(plan);
    assert.ok(result?.outcomes.every(({ kind }) => kind === 'saved'));
    assert.equal(puts(), 20);
  });

  it('ends the drafts of saved contacts after a crash that came before the disk had it', async () => {
    const { disk, fetch, hangs, window, plan, refs, puts } = await begin(8);
    await window.flush();
    hangs.drafts = true;
    let kill = () => {};
    const killed = new Promise<void>((resolve) => {
      kill = resolve;
    });
    const onProgress = ({ done }: ApplyProgress) => {
      // The journal writes an outcome within 100 ms.
      if (done === refs.length) window.clock.after(200, kill);
    };
    await window.apply(plan, undefined, { onProgress }, killed);
    const next = new ApplyWindow({ disk, fetch });
    await next.clock.runUntil(next.drafts.ready());
    const [first] = refs;
    assert.ok(first);
    assert.equal(next.draft(first)?.edits.first_name, 'New 0');
    assert.ok(await next.verify());
    for (const ref of refs) assert.ok(isEmpty(next.draft(ref)));
    assert.equal(puts(), refs.length);
  });

  it('does not take a reading without attributes for an empty value', async () => {
    const { api, sandbox, window, refs } = await begin(1);
    const [ref] = refs;
    assert.ok(ref);
    await window.type(ref, 'email', '');
    const plan = await window.plan(refs);
    let isLost = false;
    api.refuse = async (request) => {
      isLost ||= request.method === 'PUT';
      if (request.method === 'PUT') throw new TypeError('fetch failed');
      if (!isLost) return undefined;
      const { data } = await (await sandbox.fetch(request)).json();
      const body = JSON.stringify({ data: { id: data.id, type: data.type } });
      return new Response(body, { headers: { 'content-type': 'application/vnd.api+json' } });
    };
    const result = await window.apply(plan);
    assert.deepEqual(result?.outcomes, [{ kind: 'unknown' }]);
    assert.equal(window.draft(ref)?.edits.email, '');
  });

  it('tells which values arrived if Ctrl Hub ignores the others', async () => {
    const { api, sandbox, window, refs } = await begin(1);
    const [ref] = refs;
    assert.ok(ref);
    await window.type(ref, 'telephone', '07700 900999');
    const plan = await window.plan(refs);
    api.refuse = async (request) => {
      if (request.method !== 'PUT') return undefined;
      const { url, headers } = request;
      const [sent, { data }] = await Promise.all([
        request.clone().json(),
        (await sandbox.fetch(new Request(url, { headers: { 'X-Session-Token': 'token' } }))).json(),
      ]);
      sent.data.attributes.telephone = data.attributes.telephone;
      return sandbox.fetch(new Request(url, { method: 'PUT', headers, body: JSON.stringify(sent) }));
    };
    const { batch } = (await window.apply(plan)) ?? {};
    assert.ok(batch);
    const outcomes = resultCsv(batch).matchAll(/"(first_name|telephone)",.*"(saved|refused)","(.*)"/g);
    assert.deepEqual(
      Array.from(outcomes, ([, ...parts]) => parts),
      [
        ['first_name', 'saved', ''],
        ['telephone', 'refused', 'ignored'],
      ],
    );
  });

  it('sends a value that is there already to nobody', async () => {
    const { window, plan, puts } = await begin(2);
    await window.apply(plan);
    const result = await window.apply(plan);
    assert.deepEqual(result?.outcomes, [{ kind: 'alreadySo' }, { kind: 'alreadySo' }]);
    assert.equal(puts(), 2);
  });

  it('stops after three like failures, whatever number the server gives each error', async () => {
    const { api, window, plan, puts } = await begin(20);
    let n = 0;
    api.refuse = ({ method }) =>
      method === 'PUT'
        ? Response.json(
            { errors: [{ title: 'Internal error', detail: `reference 8f3a${n++}` }] },
            { status: 500 },
          )
        : undefined;
    const result = await window.apply(plan);
    assert.equal(result?.stopped, 'likeFailures', `${puts()} PUTs`);
  });

  it('tells in the file of its result what Ctrl Hub has, where it kept another value', async () => {
    const { api, window, plan, sandbox } = await begin(1);
    api.refuse = async (request) => {
      if (request.method !== 'PUT') return undefined;
      const body = JSON.parse(await request.clone().text());
      body.data.attributes.first_name = 'Ne';
      return sandbox.fetch(
        new Request(request.url, { method: 'PUT', headers: request.headers, body: JSON.stringify(body) }),
      );
    };
    const result = await window.apply(plan);
    const csv = resultCsv(result?.batch ?? assert.fail('no batch'));
    assert.ok(csv.includes('"Ne"'));
    assert.ok(!csv.includes('"New 0"'));
  });

  it('pauses for a failing server that asks to wait, also if it failed four contacts at once', async () => {
    const { api, window, plan } = await begin(12);
    let downUntil: number | undefined;
    const early: string[] = [];
    api.refuse = ({ method }) => {
      const now = window.clock.monotonic();
      if (method === 'PUT') downUntil ??= now + 2_000;
      if (downUntil === undefined || now >= downUntil) return undefined;
      early.push(method);
      return refusal(503, { 'retry-after': '2' });
    };
    const result = await window.apply(plan);
    assert.equal(result?.stopped, undefined);
    assert.deepEqual(
      result?.outcomes.map(({ kind }) => kind),
      plan.items.map((_, n) => (n < 4 ? 'refused' : 'saved')),
    );
    // The saves in progress read their contacts once.
    assert.equal(early.length, 8);
  });

  it('waits as the server asks also where it finds out what became of contacts', async () => {
    const { api, sandbox, disk, fetch, window, plan, refs, puts } = await begin(12);
    let until = 0;
    let early = 0;
    const isEarly = (clock: SteppedClock) => clock.monotonic() < until && ++early > 0;
    api.refuse = async (request) => {
      if (request.method === 'GET' && isEarly(window.clock)) return refusal(429, { 'retry-after': '30' });
      if (request.method !== 'PUT' || puts() !== 12) return undefined;
      await sandbox.fetch(request.clone());
      until = window.clock.monotonic() + 30_000;
      throw new TypeError('fetch failed');
    };
    const result = await window.apply(plan);
    assert.ok(result?.outcomes.every(({ kind }) => kind === 'saved'));
    // The save itself asks once what became of its contact.
    assert.ok(early <= 2, `${early}`);

    const killed = newGate();
    for (const ref of refs) await window.type(ref, 'first_name', 'Newest');
    api.refuse = async ({ method }) => {
      if (method === 'PUT') killed.open();
      return method === 'PUT' ? new Promise<never>(() => undefined) : undefined;
    };
    await window.apply(await window.plan(refs), undefined, {}, killed.opened);
    await window.flush();
    const next: ApplyWindow = new ApplyWindow({ disk, fetch });
    await next.clock.runUntil(next.drafts.ready());
    [until, early] = [0, 0];
    api.refuse = () => {
      until ||= next.clock.monotonic() + 2_000;
      return isEarly(next.clock) ? refusal(429, { 'retry-after': '2' }) : undefined;
    };
    // The start of a window does not wait, because nobody else could apply changes.
    assert.deepEqual(await next.verifyAtStart(), []);
    assert.ok(early <= 4, `${early}`);
    assert.ok(await next.verify());
    const batches = await next.journal.batches('http://api.test');
    assert.ok(batches.every(({ items }) => items.every(({ outcome }) => outcome.kind !== 'unknown')));
    assert.ok(early <= 8, `${early}`);
  });

  it('shows that it waits while it finds out what an earlier one left unknown', async () => {
    const { api, disk, fetch, window, plan, refs } = await begin(2);
    const killed = newGate();
    api.refuse = async ({ method }) => {
      if (method === 'PUT') killed.open();
      return method === 'PUT' ? new Promise<never>(() => undefined) : undefined;
    };
    await window.apply(plan, undefined, {}, killed.opened);
    const next: ApplyWindow = new ApplyWindow({ disk, fetch });
    await next.clock.runUntil(next.drafts.ready());
    api.refuse = () => undefined;
    const again = await next.plan(refs);
    let until = 0;
    api.refuse = () => {
      until ||= next.clock.monotonic() + 30_000;
      return next.clock.monotonic() < until ? refusal(429, { 'retry-after': '30' }) : undefined;
    };
    const waits: (string | undefined)[] = [];
    const onProgress = ({ waiting }: ApplyProgress) => void waits.push(waiting?.for);
    const result = await next.apply(again, undefined, { onProgress });
    assert.equal(waits[0], 'server');
    assert.ok(result?.outcomes.every(({ kind }) => kind === 'saved'));
  });

  it('tells why a contact was not saved, also if that is found out at the end', async () => {
    const { api, window, plan } = await begin(1);
    let reads = 0;
    api.refuse = ({ method }) => {
      if (method === 'PUT') reads = 1;
      if (method === 'PUT') return refusal(500);
      // The save itself cannot read what became of it.
      if (reads > 0 && reads++ <= 2) throw new TypeError('fetch failed');
      return undefined;
    };
    const result = await window.apply(plan);
    const [outcome] = result?.outcomes ?? [];
    assert.ok(outcome?.kind === 'refused', outcome?.kind);
    assert.deepEqual([outcome.status, outcome.words], [500, ['Refused: in its own words']]);
  });

  it('does not send what the user discarded during a pause', async () => {
    const { api, window, plan, refs } = await begin(4);
    const discarded = refs.slice(0, 2);
    let until: number | undefined;
    api.refuse = ({ method }) => {
      if (until === undefined && method === 'PUT') {
        until = window.clock.monotonic() + 120_000;
        window.clock.after(5_000, () => {
          for (const ref of discarded) window.drafts.discard({ origin: 'http://api.test', ...ref });
        });
      }
      const isWaiting = until !== undefined && window.clock.monotonic() < until;
      return isWaiting ? refusal(429, { 'retry-after': '120' }) : undefined;
    };
    const result = await window.apply(plan);
    assert.deepEqual(
      result?.outcomes.map(({ kind }) => kind),
      ['pending', 'pending', 'saved', 'saved'],
    );
  });
});
