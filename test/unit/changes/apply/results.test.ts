import assert from 'node:assert/strict';
import type { ContactRef } from '../../../../src/api/contacts';
import { resultCsv } from '../../../../src/changes/apply/resultCsv';
import { createSandbox } from '../../../../src/sandbox/sandbox';
import { ApplyWindow } from '../../../support/applyWindow';
import { MemoryDisk } from '../../../support/memoryDisk';

async function begin(count: number) {
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
  const window = new ApplyWindow({ disk, fetch });
  for (const [n, ref] of refs.entries()) await window.type(ref, 'first_name', `New ${n}`);
  const plan = await window.plan(refs);
  const puts = () => api.requests.filter((method) => method === 'PUT').length;
  return { api, sandbox, refs, disk, fetch, window, plan, puts };
}

describe('the results of an Apply', () => {
  it('stop it after three like failures, whatever number the server gives each error', async () => {
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

  it('tell in the file what Ctrl Hub has, where it kept another value', async () => {
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
});
