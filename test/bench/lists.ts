/**
 * Measures reading, indexing, searching and changing 1,000, 10,000 and 100,000 contacts against a minimal
 * implementation. Prints one JSON object; needs `--expose-gc`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ApiClient } from '../../src/api/http/client';
import { searched } from '../../src/contacts/lists/contactIndex';
import { ContactStore } from '../../src/contacts/lists/contactStore';
import { textOf } from '../../src/contacts/model/contact';
import { loadPlans, readable } from '../../src/platform/text/telephones';
import { silentLog } from '../support/silentLog';

const never = new AbortController().signal;
const queries = [
  'j',
  'mu',
  'muller',
  'muller jo',
  'jo muller',
  '7700900123',
  '0900123',
  'example.org',
  'zzzz',
  'wisniew',
  'byrne99',
];
const rounds = 12;
const sorted = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);
const percentile = (numbers: readonly number[], part: number) =>
  sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))] ?? Number.NaN;
const heap = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};

/** Measures `work`, which does not pay for the garbage of what ran before it. */
async function timeAlone(work: () => unknown): Promise<number> {
  globalThis.gc?.();
  return time(work);
}

async function time(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Runs `work` and returns the longest time in milliseconds for which it blocked the event loop. */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let done = false;
  const watch = (async () => {
    while (!done) {
      await new Promise((resolve) => setImmediate(resolve));
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
  })();
  await work();
  done = true;
  await watch;
  return longest;
}

const headers = { 'X-Session-Token': 'x' };

/** @param limits see `listServer.ts` */
async function serve(total: number, ...limits: readonly number[]) {
  const args = [join(__dirname, 'listServer.js'), ...[total, ...limits].map(String)];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(createInterface(server.stdout), 'line');
  return { baseUrl: `http://127.0.0.1:${port}`, stop: () => server.kill() };
}

/** Reads pages with `fetch` and `JSON.parse` only, four at a time. */
async function readBare(baseUrl: string, total: number, rows: number) {
  const kept: unknown[] = [];
  let offset = 0;
  const work = async () => {
    while (offset < total) {
      const url = `${baseUrl}/v3/orgs/o/customers/contacts?limit=${rows}&offset=${offset}`;
      offset += rows;
      kept.push(JSON.parse(await (await fetch(url, { headers })).text()));
    }
  };
  await Promise.all([work(), work(), work(), work()]);
}

function storeOf(baseUrl: string, onRequest: () => void = () => {}) {
  const counted: typeof fetch = (input, init) => {
    onRequest();
    return fetch(input, init);
  };
  const connection = { baseUrl, fetch: counted, authHeaders: async () => headers };
  return new ContactStore(new ApiClient(connection, silentLog));
}

/**
 * Makes the index of all contacts as Find does: the list is shown, then read whole, and arrived rows are
 * indexed while the others are on their way.
 * @returns the number of requests
 */
async function indexAll(baseUrl: string, total: number): Promise<number> {
  let requests = 0;
  const store = storeOf(baseUrl, () => requests++);
  await store.ensureList('o');
  let isIndexing = false;
  const following = store.onDidChange(async () => {
    if (isIndexing) return;
    isIndexing = true;
    await store.index('o');
    isIndexing = false;
  });
  await store.loadAll('o', never);
  following.dispose();
  const { size } = await store.index('o');
  if (size !== total) throw new Error(`${size} contacts in the index`);
  return requests;
}

const distantTotal = 100_000;

/** Measures with a latency of 100 ms. */
async function measureDistant() {
  const server = await serve(distantTotal, 1_000, Number.MAX_SAFE_INTEGER, 100);
  const bare: number[] = [];
  const ours: number[] = [];
  await readBare(server.baseUrl, distantTotal, 1_000);
  for (let n = 0; n < 3; n++) {
    bare.push(await timeAlone(() => readBare(server.baseUrl, distantTotal, 1_000)));
    ours.push(await timeAlone(() => indexAll(server.baseUrl, distantTotal)));
  }
  server.stop();
  return { bare: percentile(bare, 0.5), ours: percentile(ours, 0.5) };
}

/** Counts the requests to a server that caps its pages or refuses large limits. */
async function countRequests(cap: number, refused: number) {
  const server = await serve(distantTotal, cap, refused);
  const requests = await indexAll(server.baseUrl, distantTotal);
  server.stop();
  return { cap, refused, requests, least: Math.ceil(distantTotal / Math.min(cap, refused, 1_000)) };
}

async function measure(total: number) {
  const server = await serve(total);
  const { baseUrl } = server;
  const bare = () => readBare(baseUrl, total, 1_000);
  const open = () => storeOf(baseUrl);
  // Each runs once to warm up, then alternately.
  await bare();
  await open().loadAll('o', never);
  const bareTimes: number[] = [];
  const ourTimes: number[] = [];
  let store = open();
  for (let n = 0; n < 5; n++) {
    bareTimes.push(await timeAlone(bare));
    store = open();
    ourTimes.push(await timeAlone(() => store.loadAll('o', never)));
  }

  const before = heap();
  const build: { took?: number } = {};
  const block = await longestBlock(async () => {
    build.took = await time(() => store.index('o'));
  });
  const index = await store.index('o');
  const memory = heap() - before;
  const texts = store.list('o').ids.map((contactId) => {
    const resource = store.summary({ organisationId: 'o', contactId });
    return resource === undefined ? '' : searched(resource);
  });

  await loadPlans();
  // Makes each contact's row once, as Find does.
  const rowsMade = new Map<string, string>();
  const keystroke = (query: string) => {
    for (const { id: contactId } of index.find(query, 100).hits) {
      const resource = store.summary({ organisationId: 'o', contactId });
      if (resource && !rowsMade.has(contactId))
        rowsMade.set(contactId, readable(textOf(resource, 'telephone')));
    }
  };
  const scans: number[] = [];
  const finds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    rowsMade.clear();
    for (const query of queries) {
      const term = query.split(' ')[0] ?? '';
      scans.push(await time(() => texts.filter((text) => text.includes(term)).length));
      finds.push(await time(() => keystroke(query)));
    }
  }

  const ref = { organisationId: 'o', contactId: store.list('o').ids[total / 2] ?? '' };
  let rows = 0;
  store.onDidChange(() => rows++);
  const oneUrl = `${baseUrl}/v3/orgs/o/customers/contacts/${ref.contactId}?include=author`;
  const plain: number[] = [];
  const saved: number[] = [];
  for (let n = 0; n < 200; n++) {
    plain.push(await time(async () => JSON.parse(await (await fetch(oneUrl, { headers })).text())));
    saved.push(await time(() => store.load(ref, never)));
  }
  const rowsDrawn = rows / 200;
  const refreshes: number[] = [];
  for (let n = 0; n < 20; n++) {
    store.invalidate();
    refreshes.push(await time(() => store.ensureList('o')));
  }
  server.stop();
  return {
    total,
    bare: percentile(bareTimes, 0.5),
    whole: percentile(ourTimes, 0.5),
    build: build.took,
    block,
    memory,
    scan: percentile(scans, 0.95),
    find: percentile(finds, 0.95),
    plain: percentile(plain, 0.5),
    change: percentile(saved, 0.5),
    rows: rowsDrawn,
    refresh: percentile(refreshes, 0.5),
  };
}

async function main() {
  const all = [];
  for (const total of [1_000, 10_000, 100_000]) all.push(await measure(total));
  const counts = [];
  for (const cap of [1_000, 200, 37]) counts.push(await countRequests(cap, Number.MAX_SAFE_INTEGER));
  counts.push(await countRequests(1_000, 500));
  console.log(JSON.stringify({ sizes: all, distant: await measureDistant(), counts }));
}

void main();
