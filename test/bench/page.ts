/**
 * Measures one page of a list: our client (parsed, validated and mapped) against plain fetch and JSON.parse.
 */

import { listContacts } from '../../src/api/contacts';
import { ApiClient } from '../../src/api/http/client';
import { listOrganisations } from '../../src/api/organisations';
import { startApiServer } from '../support/apiServer';
import { silentLog } from '../support/silentLog';

const rounds = 300;
const median = (times: number[]) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

async function main() {
  const server = await startApiServer({ contacts: 1000 });
  const headers = { 'X-Session-Token': server.token };
  const client = new ApiClient(
    { baseUrl: server.url, fetch: (input, init) => fetch(input, init), authHeaders: async () => headers },
    silentLog,
  );
  const organisation = (await listOrganisations(client)).resources[2]?.id ?? '';
  const url = `${server.url}/v3/orgs/${organisation}/customers/contacts?limit=100&offset=0`;
  const floor: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < rounds; round++) {
    floor.push(await time(async () => JSON.parse(await (await fetch(url, { headers })).text())));
    ours.push(await time(() => listContacts(client, organisation, { offset: 0 })));
  }
  await server.stop();
  console.log(JSON.stringify({ floor: median(floor), ours: median(ours) }));
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

void main();
