import assert from 'node:assert/strict';
import { ContactText } from '../../../../src/changes/document/contactText';
import { makePlan } from '../../../../src/changes/plan/makePlan';
import { ReviewModel } from '../../../../src/changes/review/reviewModel';
import { rowsOf } from '../../../../src/changes/review/reviewState';
import { removedLines } from '../../../../src/changes/text/removedLines';
import { writeContacts } from '../../../../src/changes/text/write';
import { newDraft, withEdit } from '../../../../src/contacts/drafts/draft';
import { keyOf } from '../../../../src/contacts/model/contact';
import type { Edits } from '../../../../src/contacts/model/update';
import { ReviewRoom } from '../../../support/reviewRoom';
import { until } from '../../../support/until';
import { opened } from '../../../support/vscode';

describe('a block or line that was removed after it was saved', () => {
  it('is left alone, and listed', async () => {
    const room = new ReviewRoom();
    const refs = await room.refs(4);
    await room.type(refs, 'Typed');
    const contacts = refs.map((ref) => ({
      ref,
      title: 'x',
      values: { first_name: 'Typed', last_name: 'b', email: 'c@x', telephone: '' },
    }));
    const seen = new Map(contacts.map((one) => [keyOf(one.ref), one.values]));
    const whole = writeContacts([], contacts);
    const text = new ContactText({ origin: 'http://api.test', contacts, text: whole, seen, bases: seen });
    // The second contact has no block, and the third one no line for its first name.
    const parts = whole.split('\n\n');
    parts[3] = (parts[3] ?? '').replace(/first_name.*\n/, '');
    text.accept(parts.filter((_, n) => n !== 2).join('\n\n'));
    assert.deepEqual(text.parsed.errors, []);
    room.removed = removedLines([text]);
    // What is typed elsewhere afterwards is none of the text's.
    await room.type(refs.slice(3), 'Typed in a panel');
    await room.review(2);
    room.apply();
    await room.hasApplied(/2 saved/);
    assert.equal(room.puts.length, 2);
    room.close();
  });
  it('is left alone also when it was removed after the review', async () => {
    const room = new ReviewRoom();
    const refs = await room.refs(4);
    await room.type(refs, 'Typed');
    await room.review(4);
    room.removed = new Map(refs.slice(0, 1).map((ref) => [keyOf(ref), [{ first_name: 'Typed' }]] as const));
    room.apply();
    await room.says(/Drafts have changed/);
    assert.equal(room.puts.length, 0);
    room.close();
  });
  it('holds up no review that has nothing of it', async () => {
    const room = new ReviewRoom();
    const refs = await room.refs(4);
    await room.type(refs.slice(0, 2), 'Typed');
    await room.review(2);
    room.removed = new Map<string, readonly Edits[]>([
      ...refs.slice(0, 1).map((ref) => [keyOf(ref), [{ last_name: 'Untouched' }]] as const),
      ...refs.slice(3).map((ref) => [keyOf(ref), [{ first_name: 'Typed' }]] as const),
    ]);
    room.apply();
    await room.hasApplied(/2 saved/);
    assert.equal(room.puts.length, 2);
    room.close();
  });
  it('is not listed without an unsaved change', () => {
    const ref = { organisationId: 'o', contactId: 'c1' };
    const source = { ref, title: 'x', draft: undefined, reading: { kind: 'gone' } as const };
    assert.deepEqual(makePlan('o', [{ ...source, inScope: [] }]).skipped, []);
  });
});

describe('an Undo of a batch', () => {
  it('sends no other unsaved edit of its contacts', async () => {
    const room = new ReviewRoom();
    const refs = await room.refs(2);
    await room.type(refs, 'Typed');
    await room.review(2);
    room.apply();
    await room.hasApplied(/2 saved/);
    // Half typed in a panel.
    for (const ref of refs) {
      const answer = await room.sandboxFetch(
        new Request(`http://api.test/v3/orgs/${ref.organisationId}/customers/contacts/${ref.contactId}`, {
          headers: { 'X-Session-Token': 'token' },
        }),
      );
      const { data } = await answer.json();
      room.drafts.set(
        { origin: 'http://api.test', ...ref },
        withEdit(newDraft(), 'last_name', 'Half ty', data.attributes.last_name),
      );
    }
    const sent: string[] = [];
    room.answer = async (request) => {
      if (request.method === 'PUT') sent.push(await request.clone().text());
      return undefined;
    };
    const undone = room.undo();
    await until('the list', () => opened.lists.at(-1)?.items.length);
    opened.lists.at(-1)?.choose(0);
    await undone;
    room.apply();
    await room.hasApplied(/saved|conflict/).catch(() => undefined);
    assert.ok(!sent.some((body) => body.includes('Half ty')), 'an edit that is not of the batch was sent');
    assert.equal(sent.length, 2);
    room.close();
  });
});

describe('an Undo of one field', () => {
  it('leaves the other fields of the batch as they are', async () => {
    const room = new ReviewRoom();
    const [ref] = await room.refs(1);
    const key = { origin: 'http://api.test', ...(ref ?? assert.fail('no contact')) };
    const bodies: Record<string, unknown>[] = [];
    room.answer = async (request) => {
      if (request.method === 'PUT') bodies.push((await request.clone().json()).data.attributes);
      return undefined;
    };
    const path = `/v3/orgs/${key.organisationId}/customers/contacts/${key.contactId}`;
    const token = { headers: { 'X-Session-Token': 'token' } };
    const { data } = await (await room.sandboxFetch(new Request(`http://api.test${path}`, token))).json();
    const before = data.attributes;
    const draft = withEdit(newDraft(), 'first_name', 'Other', before.first_name);
    room.drafts.set(key, withEdit(draft, 'email', 'other@example.org', before.email));
    await room.review(1);
    room.apply();
    await room.hasApplied(/1 saved/);
    const undone = room.undo();
    await until('the list', () => opened.lists.at(-1)?.items.length);
    opened.lists.at(-1)?.press(0);
    await until('the fields', () => opened.lists.at(-1)?.items.length === 2);
    opened.lists.at(-1)?.choose(1);
    await undone;
    room.apply();
    await room.hasApplied(/1 saved/);
    const [sent, restored] = bodies;
    assert.deepEqual(restored, { ...sent, email: before.email });
    room.close();
  });
});

describe('the values in a review', () => {
  it('show a change of characters that cannot be seen', () => {
    const resource = {
      id: 'c1',
      type: 'contacts',
      attributes: { first_name: 'Ann\u00a0Lee\u200b', last_name: '', email: '', telephone: '' },
    };
    const draft = withEdit(newDraft(), 'first_name', 'Ann Lee', 'Ann\u00a0Lee\u200b');
    const model = ReviewModel.of('http://api.test', [
      {
        ref: { organisationId: 'o', contactId: 'c1' },
        title: 'x',
        draft,
        reading: { kind: 'read', resource },
      },
    ]);
    const [change] = rowsOf(model, { name: () => 'o' })[0]?.changes ?? [];
    const seen = (text: string) =>
      text
        .replace(/[\u200b]/g, '')
        .replace(/\s/g, ' ')
        .trim();
    assert.ok(change && seen(change.before) !== seen(change.after));
  });
});
