/**
 * Measures an Apply of 1,000 contacts, with drafts and journal on a real disk, against its bare requests: a GET and a
 * PUT each, four at a time. Prints one JSON object.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ContactRef } from '../../src/api/contacts';
import { ApiClient } from '../../src/api/http/client';
import { mapConcurrently } from '../../src/base/concurrency';
import { applyPlan } from '../../src/changes/apply/apply';
import { Journal } from '../../src/changes/apply/journal';
import { JournalFiles } from '../../src/changes/apply/journalFiles';
import { senderOf } from '../../src/changes/apply/sender';
import { makePlan, type PlanSource } from '../../src/changes/plan/makePlan';
import { newDraft, withEdit } from '../../src/contacts/drafts/draft';
import { DraftStore } from '../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../src/contacts/lists/contactStore';
import { textOf } from '../../src/contacts/model/contact';
import { ContactSaves } from '../../src/contacts/saving/contactSaves';
import { DraftFiles } from '../../src/platform/storage/draftFiles';
import type { Account } from '../../src/session/session';
import { silentRuntime } from '../support/silentLog';

const total = 1_000;
const rounds = 5;
const headers = { 'X-Session-Token': 'x' };
const refs = Array.from(
  { length: total },
  (_, n): ContactRef => ({
    organisationId: 'o',
    contactId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  }),
);

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function bare(baseUrl: string, round: number): Promise<void> {
  await mapConcurrently(refs, async ({ contactId }) => {
    const url = `${baseUrl}/v3/orgs/o/customers/contacts/${contactId}`;
    const { data } = JSON.parse(await (await fetch(url, { headers })).text());
    const { id, type, attributes } = data;
    const body = JSON.stringify({
      data: { id, type, attributes: { ...attributes, email: `bare.${round}.${contactId}@example.org` } },
    });
    JSON.parse(await (await fetch(url, { method: 'PUT', headers, body })).text());
  });
}

/** Prepares drafts of all contacts. @returns a function that applies them */
async function begin(origin: string, round: number, folder: string) {
  const drafts = new DraftStore(new DraftFiles(folder), silentRuntime);
  await drafts.ready();
  const client = new ApiClient(
    { baseUrl: origin, fetch, authHeaders: async () => headers },
    silentRuntime.log,
  );
  const contacts = new ContactStore(client);
  const saves = new ContactSaves(origin, contacts, drafts, silentRuntime);
  const account = { origin } as Account;
  const sources = await mapConcurrently(refs, async (ref): Promise<PlanSource> => {
    const { resource } = await contacts.load(ref);
    const draft = withEdit(
      newDraft(),
      'email',
      `ours.${round}.${ref.contactId}@example.org`,
      textOf(resource, 'email'),
    );
    drafts.set({ origin, ...ref }, draft);
    return { ref, title: '', draft, reading: { kind: 'read', resource } };
  });
  await drafts.flush();
  const plan = makePlan(origin, sources);
  const apply = async () => {
    const started = performance.now();
    const result = await applyPlan(
      plan,
      {
        sender: senderOf({ account, contacts, saves }, drafts),
        awaitSession: async () => undefined,
        journal: new Journal(new JournalFiles(folder), silentRuntime),
        runtime: silentRuntime,
        source: 'text',
      },
      new AbortController().signal,
    );
    const taken = performance.now() - started;
    const saved = result.outcomes.filter(({ kind }) => kind === 'saved').length;
    if (saved !== total) throw new Error(`${saved} of ${total} saved`);
    await result.finished;
    return { taken, finished: performance.now() - started };
  };
  return apply;
}

async function main(): Promise<void> {
  const args = [join(__dirname, 'listServer.js'), String(total)];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(createInterface(server.stdout), 'line');
  const origin = `http://127.0.0.1:${port}`;
  const results: { bare: number; apply: number; finished: number }[] = [];
  try {
    // The first round makes both ready, and does not count.
    for (let round = 0; round <= rounds; round++) {
      const folder = mkdtempSync(join(tmpdir(), 'ctrl-hub-bench-'));
      const floor = await time(() => bare(origin, round));
      // Bare requests changed the contacts, so the plan is made of what is there now.
      const apply = await begin(origin, round, folder);
      const { taken, finished } = await apply();
      if (round > 0) results.push({ bare: floor, apply: taken, finished });
      rmSync(folder, { recursive: true, force: true });
    }
  } finally {
    server.kill();
  }
  const middle = results.toSorted((a, b) => a.apply / a.bare - b.apply / b.bare)[
    Math.floor(results.length / 2)
  ];
  process.stdout.write(`${JSON.stringify(middle)}\n`);
}

void main().then(() => process.exit(0));
