import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { ContactRef } from '../../../../src/api/contacts';
import { ApiClient } from '../../../../src/api/http/client';
import { ContactText, type OutdatedLine } from '../../../../src/changes/document/contactText';
import { newTextId, TextFiles } from '../../../../src/changes/document/textFiles';
import { TextStore } from '../../../../src/changes/document/textStore';
import type { ParsedText } from '../../../../src/changes/text/parsedText';
import { patchText } from '../../../../src/changes/text/patch';
import { writeContacts } from '../../../../src/changes/text/write';
import { CurrentAccount } from '../../../../src/contacts/accountStores';
import { DraftStore } from '../../../../src/contacts/drafts/draftStore';
import { Drafts } from '../../../../src/contacts/drafts/drafts';
import { InteractionDraftStore } from '../../../../src/contacts/drafts/interactionDraftStore';
import { keyOf, valuesOf } from '../../../../src/contacts/model/contact';
import { DraftFiles } from '../../../../src/platform/storage/draftFiles';
import { createSandbox } from '../../../../src/sandbox/sandbox';
import type { Session } from '../../../../src/session/session';
import { MemoryDisk } from '../../../support/memoryDisk';
import { silentLog } from '../../../support/silentLog';
import { SteppedClock } from '../../../support/steppedClock';

const origin = 'http://api.test';
const uriOf = (id: string) => ({ path: `/${id}/Contacts` }) as vscode.Uri;

async function begin() {
  const sandbox = createSandbox({ contacts: 8, token: 'token' });
  const requests: string[] = [];
  const clock = new SteppedClock();
  const disk = new MemoryDisk();
  const client = new ApiClient(
    {
      baseUrl: origin,
      fetch: (input, init) => {
        const request = new Request(input, init);
        requests.push(request.method);
        return sandbox.fetch(request);
      },
      authHeaders: async () => ({ 'X-Session-Token': 'token' }),
    },
    silentLog,
  );
  const session: Session = {
    kind: 'signedIn',
    account: { kind: 'sessionToken', origin, baseUrl: origin, client },
  };
  const startWindow = (signedIn = true) => {
    const own = disk.window(undefined, false);
    const runtime = { clock, log: silentLog };
    const drafts = new Drafts(
      new DraftStore(new DraftFiles('/global', 'drafts', own, clock), runtime),
      new InteractionDraftStore(new DraftFiles('/global', 'notes', own, clock), runtime),
    );
    const current: Session = signedIn
      ? session
      : { kind: 'signedOut', environment: { origin, baseUrl: origin }, lost: false };
    const data = new CurrentAccount(
      { current, onDidChange: () => ({ dispose: () => undefined }) },
      drafts,
      () => ({ get: () => undefined, set: () => undefined }),
      runtime,
    );
    const changed: vscode.Uri[] = [];
    /** The unsaved text of an editor, in which the store replaces lines unless the user types at that moment. */
    const editor = { text: '', isTyping: false };
    const editors = {
      isOpen: () => true,
      isUnsaved: () => false,
      replace: async (uri: vscode.Uri, find: (typed: ParsedText) => readonly OutdatedLine[]) => {
        const text = store.all().find((one) => one.uri === uri)?.text ?? assert.fail('no text');
        const lines = find(text.read(editor.text));
        if (editor.isTyping) return undefined;
        editor.text = patchText(editor.text, text.read(editor.text), lines);
        return lines;
      },
    };
    const host = {
      data,
      drafts: drafts.contacts,
      files: new TextFiles('/global', own),
      changed: (uris: readonly vscode.Uri[]) => changed.push(...uris),
      ...runtime,
    };
    const store = new TextStore(host, editors);
    return { data, drafts: drafts.contacts, store, editors, editor, changed, files: host.files };
  };
  const first = startWindow();
  const { current } = first.data;
  const [organisation] = (await current?.organisations.ensure())?.organisations ?? [];
  const organisationId = organisation?.id ?? assert.fail('no organisation');
  const list = await current?.contacts.ensureList(organisationId);
  const contacts = (list?.ids ?? []).map((contactId) => {
    const ref: ContactRef = { organisationId, contactId };
    const resource = current?.contacts.summary(ref) ?? assert.fail('no contact');
    return { ref, title: 'Somebody', values: valuesOf(resource) };
  });
  const values = new Map(contacts.map((one) => [keyOf(one.ref), one.values]));
  const id = newTextId();
  const open = first.store.add(
    id,
    uriOf(id),
    new ContactText({ origin, contacts, text: writeContacts([], contacts), seen: values, bases: values }),
  );
  const settle = <T>(work: Promise<T>) => clock.runUntil(work);
  const key = (n: number) => ({ origin, ...(contacts[n]?.ref ?? assert.fail('no contact')) });
  const email = (n: number) => contacts[n]?.values.email ?? '';
  return { ...first, startWindow, requests, clock, open, id, settle, key, email, contacts };
}

describe('the texts of a window', () => {
  it('make drafts when they are saved, and send nothing', async () => {
    const { store, open, drafts, settle, key, email, requests } = await begin();
    const before = open.modified;
    const text = open.text.text.replace(`email: ${email(1)}`, 'email: typed@example.org');
    assert.equal(await settle(store.save(open, text)), true);
    const { edits, base } = drafts.get(key(1)) ?? assert.fail('no draft');
    assert.deepEqual([edits, base], [{ email: 'typed@example.org' }, { email: email(1) }]);
    assert.equal(drafts.all().length, 1);
    assert.ok(open.modified > before);
    assert.ok(requests.every((method) => method === 'GET'));
    // Typing the saved value leaves no edit.
    await settle(store.save(open, text.replace('typed@example.org', email(1))));
    assert.equal(drafts.all().length, 0);
  });

  it('follow the draft of a panel, also in a text with unsaved changes', async () => {
    const { store, open, drafts, clock, changed, key, email, editors, editor, settle } = await begin();
    const draft = { since: '', title: '', organisation: '', base: { email: email(0) } };
    const pass = () => clock.runUntil(new Promise<void>((resolve) => clock.after(100, resolve)));
    editors.isUnsaved = () => true;
    editor.text = open.text.text.replace(`email: ${email(1)}`, 'email: typed@example.org');
    editor.isTyping = true;
    const { modified } = open;
    drafts.set(key(0), { ...draft, edits: { email: 'panel@example.org' } });
    await pass();
    assert.ok(!editor.text.includes('panel@example.org'));
    editor.isTyping = false;
    await pass();
    assert.ok(editor.text.includes('panel@example.org') && editor.text.includes('typed@example.org'));
    // VS Code refuses to save over a later text.
    assert.deepEqual([changed, open.modified], [[], modified]);
    await settle(store.save(open, editor.text));
    assert.equal(drafts.get(key(0))?.edits.email, 'panel@example.org');
    assert.equal(drafts.get(key(1))?.edits.email, 'typed@example.org');
    editors.isUnsaved = () => false;
    drafts.set(key(0), { ...draft, edits: { email: 'later@example.org' } });
    await pass();
    assert.deepEqual(changed, [open.uri]);
    assert.ok(open.text.text.includes('email: later@example.org'));
  });

  it('keep beside the field what a panel typed that the text had not shown', async () => {
    const { store, open, drafts, key, email, editors, settle } = await begin();
    editors.isUnsaved = () => true;
    const draft = { since: '', title: '', organisation: '', base: { email: email(0) } };
    drafts.set(key(0), { ...draft, edits: { email: 'panel@example.org' } });
    await settle(store.save(open, open.text.text.replace(`email: ${email(0)}`, 'email: text@example.org')));
    assert.equal(drafts.get(key(0))?.edits.email, 'text@example.org');
    assert.deepEqual(drafts.lost(key(0)), [{ field: 'email', text: 'panel@example.org' }]);
  });

  it('come back after a reload as they were typed, and take up where they were', async () => {
    const { store, open, id, startWindow, settle, key, email, contacts } = await begin();
    const [ref] = contacts;
    const damaged = open.text.text
      .replace(`[${ref?.ref.contactId.slice(0, 8)}`, '[damaged')
      .replace(`email: ${email(0)}`, 'email: damaged@example.org');
    await settle(store.save(open, damaged));
    const next = startWindow();
    const again = (await settle(next.store.find(id, uriOf(id)))) ?? assert.fail('no text');
    assert.equal(again.text.text, damaged);
    await settle(next.drafts.ready());
    assert.deepEqual(next.drafts.all(), []);
    await settle(next.store.save(again, damaged.replace('[damaged', `[${ref?.ref.contactId.slice(0, 8)}`)));
    assert.deepEqual(next.drafts.get(key(0))?.edits, { email: 'damaged@example.org' });
    assert.deepEqual(next.drafts.get(key(0))?.base, { email: email(0) });
  });

  it('take what is typed while nobody is signed in', async () => {
    const { store, open, id, startWindow, settle, key, email } = await begin();
    await settle(store.keep(open));
    const next = startWindow(false);
    const again = (await settle(next.store.find(id, uriOf(id)))) ?? assert.fail('no text');
    assert.equal(next.store.dataOf(again), undefined);
    const text = again.text.text.replace(`email: ${email(2)}`, 'email: later@example.org');
    await settle(next.store.save(again, text));
    assert.deepEqual(next.drafts.get(key(2))?.edits, { email: 'later@example.org' });
  });

  it('keep lines in error that another window with the same text has saved', async () => {
    const { store, open, id, startWindow, settle, email } = await begin();
    await settle(store.keep(open));
    const second = startWindow();
    const same = (await settle(second.store.find(id, uriOf(id)))) ?? assert.fail('no text');
    const damaged = open.text.text.replace(`email: ${email(0)}`, 'mail: damaged@example.org');
    await settle(store.save(open, damaged));
    const stored = async () => (await settle(store.stored(id)))?.text;
    // The other window saves its text without errors, and closes it.
    await settle(second.store.save(same, same.text.text.replace(email(1), 'second@example.org')));
    assert.equal(await stored(), damaged);
    await settle(second.store.unkeep(same));
    assert.equal(await stored(), damaged);
    const again = (await settle(second.store.find(id, uriOf(id)))) ?? assert.fail('no text');
    assert.equal(again.text.text, damaged);
    // Both windows damage the text, each in its own way.
    await settle(store.save(open, `${damaged}nonsense\n`));
    await settle(second.store.save(again, damaged.replace('mail:', 'e-mail:')));
    assert.equal(await stored(), `${damaged}nonsense\n`);
    const files = await settle(second.files.list());
    const texts = await settle(Promise.all(files.map((file) => store.stored(file.id))));
    assert.ok(texts.some((text) => text?.text === damaged.replace('mail:', 'e-mail:')));
    // Once the lines are repaired, all is in drafts.
    await settle(store.save(open, open.text.text.replace('mail:', 'email:').replace('nonsense\n', '')));
    await settle(store.unkeep(open));
    assert.equal(await stored(), undefined);
  });

  it('are on the disk again when the extension host ends, although another window closed the same text', async () => {
    const { store, open, id, startWindow, settle } = await begin();
    await settle(store.keep(open));
    const second = startWindow();
    const same = (await settle(second.store.find(id, uriOf(id)))) ?? assert.fail('no text');
    await settle(second.store.unkeep(same));
    await settle(store.flush());
    assert.equal((await settle(startWindow().store.find(id, uriOf(id))))?.text.text, open.text.text);
  });

  it('leave nothing on the disk once they are closed', async () => {
    const { store, open, id, startWindow, settle } = await begin();
    await settle(store.keep(open));
    await settle(store.unkeep(open));
    assert.equal(await settle(startWindow().store.find(id, uriOf(id))), undefined);
  });
});
