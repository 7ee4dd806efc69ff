import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { ApiClient } from '../../../src/api/http/client';
import { type Draft, newDraft } from '../../../src/contacts/drafts/draft';
import { DraftStore } from '../../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../../src/contacts/lists/contactStore';
import type { Edits } from '../../../src/contacts/model/update';
import { ContactSaves } from '../../../src/contacts/saving/contactSaves';
import { toCurl } from '../../../src/exports/curl';
import type { ContactKey } from '../../../src/protocol/contactKey';
import { type ApiServer, type RecordedRequest, startApiServer } from '../../support/apiServer';
import { noDisk } from '../../support/noDisk';
import { silentLog, silentRuntime } from '../../support/silentLog';

const hostile = {
  quotes: `it's "quoted" ''twice'' and ends with one'`,
  shell: '$(touch /tmp/pwned) `id` $HOME $CTRL_HUB_TOKEN !! !$ ~ * ? [a-z] {a,b} # ; & | > < \\',
  lines: 'one\ntwo\r\nthree\t\u0000\u001b[31m\u2028 typed\u007f\u0080\u009b',
  script: '山田太郎 ñ é ﷺ 👩‍👩‍👧 \ud800',
  file: '@/etc/passwd',
  percent: '%s %00 %20 100%',
  null: null,
  deep: { list: [1, "it's", { deeper: '@file' }], 'key\'"$(x)': true },
  'name\'s "$(key)"': '`x`',
};
const ref = { organisationId: "o'1 [x]{y}", contactId: 'c-$(id)-é' };
const token = 'token-$(id)!';
/** A signal that never aborts. */
const { signal: never } = new AbortController();
const refusal = (field: string) => ({
  errors: [
    {
      status: '400',
      source: { pointer: `/data/attributes/${field}` },
      detail: 'This attribute is not allowed',
    },
  ],
});

const shells: readonly (readonly [string, readonly string[]])[] = [
  ['sh', ['-c']],
  ['bash', ['-c']],
  ['zsh', ['-c']],
  // An interactive shell expands the history.
  ['bash', ['--norc', '--noprofile', '-i']],
];
const programs = ['host', 'connection', 'user-agent', 'accept-encoding', 'accept-language', 'sec-fetch-mode'];
const there = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

describe('Copy as cURL', () => {
  let server: ApiServer;
  let attributes: Record<string, unknown>;
  let etag: string | undefined;
  let credential: Readonly<Record<string, string>>;
  /** An attribute whose name the API refuses. */
  let refused: string | undefined;

  beforeEach(async () => {
    credential = { 'X-Session-Token': token };
    refused = undefined;
    attributes = { first_name: 'Ada', last_name: "O'Brien $(x)", email: null, telephone: '+1', ...hostile };
    etag = `"v1'$(id)\t\u00e9"`;
    const headers = () => ({
      'content-type': 'application/vnd.api+json',
      ...(etag === undefined ? {} : { etag }),
    });
    const data = () => ({ data: { id: ref.contactId, type: "odd'type", attributes } });
    server = await startApiServer({
      handler: async (request) => {
        const sent = request.method === 'PUT' ? await request.text() : '';
        return refused !== undefined && sent.includes(`"${refused}"`)
          ? Response.json(refusal(refused), { status: 400 })
          : new Response(JSON.stringify(data()), { headers: headers() });
      },
    });
  });
  afterEach(() => server.stop());

  function saves(edits: Edits, base: Edits = { last_name: "O'Brien $(x)" }) {
    const connection = {
      baseUrl: `${server.url}/a%20prefix[1-2]`,
      fetch,
      authHeaders: async () => credential,
    };
    const client = new ApiClient(connection, silentLog);
    const key: ContactKey = { origin: server.url, ...ref };
    const drafts = new DraftStore(noDisk, silentRuntime);
    const draft: Draft = { ...newDraft(), edits, base };
    drafts.set(key, draft);
    return {
      saves: new ContactSaves(server.url, new ContactStore(client), drafts, silentRuntime),
      draft: () => drafts.get(key),
    };
  }

  async function copied(edits: Edits): Promise<string> {
    return commandOf(saves(edits).saves);
  }

  async function commandOf(own: ContactSaves): Promise<string> {
    const plan = await own.plan(ref, never);
    assert.equal(plan.kind, 'update');
    return plan.kind === 'update' ? toCurl(plan.request) : '';
  }

  async function run(shell: string, args: readonly string[], command: string): Promise<RecordedRequest> {
    const start = server.requests.length;
    const typed = !args.includes('-c');
    const child = spawn(shell, typed ? args : [...args, command], {
      env: { ...process.env, CTRL_HUB_TOKEN: token, HOME: '/noDisk' },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.stdin.end(typed ? `echo history\n${command}\nexit\n` : '');
    await new Promise((resolve) => child.on('close', resolve));
    const [request, ...others] = server.requests.slice(start);
    assert.equal(others.length, 0);
    return request ?? assert.fail('curl sent nothing');
  }

  async function sentBySave(edits: Edits): Promise<RecordedRequest> {
    const start = server.requests.length;
    await saves(edits).saves.save(ref);
    return server.requests.slice(start).find(({ method }) => method === 'PUT') ?? assert.fail('no PUT');
  }

  /** Returns a request without the headers that only identify its program and connection. */
  const what = ({ method, path, body, headers }: RecordedRequest) => ({
    method,
    path,
    body,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !programs.includes(name))),
  });

  for (const [shell, args] of shells) {
    const name = `${shell} ${args.join(' ')}`;
    if (!there(shell)) continue;
    it(`run by ${name}, sends byte for byte what Save then sends`, async () => {
      const edits = { last_name: ` ${hostile.quotes}${hostile.shell}${hostile.lines}${hostile.script} ` };
      const command = await copied(edits);
      const byCurl = what(await run(shell, args, command));
      assert.deepEqual(byCurl, what(await sentBySave(edits)));
      assert.ok(byCurl.body.includes('\\ud800') && byCurl.headers['if-match'] === etag);
    });
  }

  it('sends a contact that is too long for an argument', async () => {
    attributes.notes = "it's ".repeat(30_000);
    const edits = { last_name: 'Byron' };
    const command = await copied(edits);
    const byCurl = what(await run('bash', ['--norc', '--noprofile', '-i'], command));
    assert.deepEqual(byCurl, what(await sentBySave(edits)));
  });

  it('sends no condition for an ETag that is empty, and neither does Save', async () => {
    etag = '';
    const byCurl = what(await run('sh', ['-c'], await copied({ last_name: 'Byron' })));
    assert.deepEqual(byCurl, what(await sentBySave({ last_name: 'Byron' })));
    assert.equal(byCurl.headers['if-match'], undefined);
  });

  it('sends what is there where nothing is unsaved, and no If-Match without an ETag', async () => {
    etag = undefined;
    const sent = await run('sh', ['-c'], await copied({}));
    assert.deepEqual(sent.json, {
      data: { id: ref.contactId, type: "odd'type", attributes: JSON.parse(JSON.stringify(attributes)) },
    });
    assert.equal(sent.headers['if-match'], undefined);
  });

  it('has a placeholder in the place of the token', async () => {
    const command = await copied({ last_name: 'Byron' });
    assert.ok(!command.includes(token));
    assert.ok(command.includes('-H "X-Session-Token: $CTRL_HUB_TOKEN"'));
  });

  it('lets a service account in as a save does', async () => {
    credential = { authorization: `Bearer ${token}` };
    const command = await copied({ last_name: 'Byron' });
    assert.ok(command.includes('-H "authorization: Bearer $CTRL_HUB_TOKEN"') && !command.includes(token));
    const byCurl = what(await run('sh', ['-c'], command));
    assert.equal(byCurl.headers.authorization, `Bearer ${token}`);
    assert.deepEqual(byCurl, what(await sentBySave({ last_name: 'Byron' })));
  });

  it('sends an attribute whose name was refused, as Save does until the person agrees to leave it out', async () => {
    refused = 'script';
    const { saves: own } = saves({ last_name: 'Byron' });
    await own.save(ref);
    const state = own.state(ref);
    assert.deepEqual(state.kind === 'failed' && state.refused?.map(({ name }) => name), ['script']);
    const saved = server.requests.findLast(({ method }) => method === 'PUT');
    assert.ok(saved?.body.includes('"script"'));
    refused = undefined;
    assert.equal((await run('sh', ['-c'], await commandOf(own))).body, saved?.body);
  });

  for (const tag of ['W/"1"', '"a", "b"', '*'])
    it(`has no If-Match where the ETag is ${tag}, as Save`, async () => {
      etag = tag;
      const command = await copied({ last_name: 'Byron' });
      const byCurl = what(await run('sh', ['-c'], command));
      assert.equal(byCurl.headers['if-match'], undefined);
      assert.deepEqual(byCurl, what(await sentBySave({ last_name: 'Byron' })));
    });

  it('sends nothing but the reading, and leaves the draft as it was typed', async () => {
    const { saves: own, draft } = saves({ last_name: ' Byron ' });
    await own.plan(ref, never);
    assert.deepEqual(
      server.requests.map(({ method }) => method),
      ['GET'],
    );
    assert.equal(draft()?.edits.last_name, ' Byron ');
    assert.equal(own.state(ref).kind, 'idle');
  });

  it('says so where a colleague changed the same field', async () => {
    attributes.last_name = 'Somebody Else';
    const plan = await saves({ last_name: 'Byron' }).saves.plan(ref, never);
    assert.equal(plan.kind, 'conflict');
    assert.deepEqual(plan.kind === 'conflict' && plan.conflicts.map(({ field }) => field), ['last_name']);
  });

  it('says so where Save would refuse to send', async () => {
    const { saves: own } = saves({ email: 'no address' }, { email: '' });
    assert.equal((await own.plan(ref, never)).kind, 'blocked');
    assert.equal(server.requests.length, 0);
  });
});
