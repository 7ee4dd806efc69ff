import assert from 'node:assert/strict';
import type { ContactRef } from '../../../../src/api/contacts';
import { resultCsv } from '../../../../src/changes/apply/resultCsv';
import { exactsFor, undoBatch, withUndo } from '../../../../src/changes/undo/undoBatch';
import { newDraft } from '../../../../src/contacts/drafts/draft';
import { valuesOf } from '../../../../src/contacts/model/contact';
import { createSandbox } from '../../../../src/sandbox/sandbox';
import { ApplyWindow } from '../../../support/applyWindow';
import { MemoryDisk } from '../../../support/memoryDisk';

const headers = { 'X-Session-Token': 'token', 'Content-Type': 'application/vnd.api+json' };
const origin = 'http://api.test';

describe('undoing a batch', () => {
  it('puts exact old values back, but for what somebody changed since', async () => {
    const sandbox = createSandbox({ contacts: 20, token: 'token' });
    const fetch = async (request: Request) => sandbox.fetch(request);
    const ask = async (path: string, init: RequestInit = {}) =>
      (await sandbox.fetch(new Request(`${origin}${path}`, { headers, ...init }))).json();
    const organisationId = (await ask('/v3/orgs')).data[0].id as string;
    const { data } = await ask(`/v3/orgs/${organisationId}/customers/contacts?limit=4`);
    const refs: ContactRef[] = data.map(({ id }: { id: string }) => ({ organisationId, contactId: id }));
    const path = (ref: ContactRef) => `/v3/orgs/${organisationId}/customers/contacts/${ref.contactId}`;
    const attributes = async (ref: ContactRef) => (await ask(path(ref))).data.attributes;
    const put = async (ref: ContactRef, changed: object) => {
      const { id, type, attributes: before } = (await ask(path(ref))).data;
      const body = JSON.stringify({ data: { id, type, attributes: { ...before, ...changed } } });
      await ask(path(ref), { method: 'PUT', body });
    };
    const [one, two, three] = refs;
    assert.ok(one && two && three);
    await put(one, { telephone: null });
    const before = await Promise.all(refs.map(attributes));

    const disk = new MemoryDisk();
    const window = new ApplyWindow({ disk, fetch });
    for (const ref of [one, two, three]) await window.type(ref, 'telephone', '+44 20 7946 0000');
    const { batch } = (await window.apply(await window.plan(refs))) ?? {};
    assert.deepEqual(
      batch?.items.map(({ outcome }) => outcome.kind),
      ['saved', 'saved', 'saved'],
    );
    assert.match(resultCsv(batch), /"'\+44 20 7946 0000","saved",""\r\n/);
    await window.flush();
    await put(three, { telephone: '0' });

    // After a restart, the journal provides the values to restore.
    const next = new ApplyWindow({ disk, fetch });
    await next.clock.runUntil(next.drafts.ready());
    const [kept] = await next.journal.batches(origin);
    assert.ok(kept);
    assert.deepEqual(kept, JSON.parse(JSON.stringify(batch)));
    const readings = new Map<ContactRef, ReturnType<typeof valuesOf>>();
    for (const { ref } of kept.items) readings.set(ref, valuesOf((await next.contacts.load(ref)).resource));
    const state = { now: (ref: ContactRef) => readings.get(ref), draft: next.draft.bind(next) };
    const { edits, skipped } = undoBatch(kept, state);
    assert.deepEqual(
      skipped.map(({ ref, reason, fields }) => [ref, reason, fields]),
      [[three, 'changedSince', ['telephone']]],
    );
    assert.deepEqual(undoBatch(kept, state, ['email']).edits, []);
    const unknown = kept.items.map((item) => ({ ...item, outcome: { kind: 'unknown' } as const }));
    assert.deepEqual(undoBatch({ ...kept, items: unknown }, state, ['last_name']).skipped, []);
    for (const ref of [one, two])
      next.drafts.set(
        { origin, ...ref },
        withUndo(
          newDraft(),
          edits.filter((edit) => edit.ref.contactId === ref.contactId),
        ),
      );
    assert.deepEqual(exactsFor([kept], one, next.draft(one) ?? newDraft()), {
      telephone: { text: '', json: null },
    });
    const undone = await next.apply(await next.plan(refs), undefined, { source: 'undo', undoes: kept.id });
    assert.deepEqual(
      undone?.outcomes.map(({ kind }) => kind),
      ['saved', 'saved'],
    );
    assert.deepEqual(await attributes(one), before[0]);
    assert.deepEqual(await attributes(two), before[1]);
    assert.equal((await attributes(three)).telephone, '0');

    const lock = await next.clock.runUntil(next.journal.lock());
    assert.equal((await next.journal.batches(origin)).length, 2);
    next.clock.advance(31 * 24 * 60 * 60 * 1000);
    assert.equal((await next.journal.batches(origin)).length, 0);
    await next.journal.prune();
    assert.deepEqual(
      disk.texts('/applied/').filter((text) => text.includes('7946')),
      [],
    );
    await lock?.free();
  });
});
