import assert from 'node:assert/strict';
import type { ContactRef } from '../../../../src/api/contacts';
import { ContactText } from '../../../../src/changes/document/contactText';
import { OtherContacts } from '../../../../src/changes/document/otherContacts';
import { writeContacts } from '../../../../src/changes/text/write';
import { newDraft, withEdit } from '../../../../src/contacts/drafts/draft';
import { displayName, keyOf, valuesOf } from '../../../../src/contacts/model/contact';
import { accountInMemory } from '../../../support/accountInMemory';
import { until } from '../../../support/until';

/** Opens a text of the first two contacts of an organisation with many others. */
async function begin(count: number) {
  const { current, drafts } = accountInMemory(count);
  const data = current.current ?? assert.fail('nobody is signed in');
  const organisationId = (await data.organisations.ensure()).organisations.at(-1)?.id ?? assert.fail();
  await data.contacts.ensureList(organisationId);
  await data.contacts.loadAll(organisationId, new AbortController().signal);
  const all = data.contacts.list(organisationId).ids.map((contactId) => ({ organisationId, contactId }));
  assert.equal(all.length, count);
  const resourceOf = (ref: ContactRef) => data.contacts.summary(ref) ?? assert.fail();
  const contacts = all.slice(0, 2).map((ref) => {
    const resource = resourceOf(ref);
    return { ref, title: displayName(resource), values: valuesOf(resource) };
  });
  const seen = new Map(contacts.map(({ ref, values }) => [keyOf(ref), values]));
  const text = new ContactText({
    origin: data.account.origin,
    contacts,
    text: writeContacts([], contacts),
    seen,
    bases: seen,
  });
  const others = new OtherContacts(current, drafts.contacts);
  let indexed = 0;
  others.onDidIndex(() => indexed++);
  const found = (address: string) => {
    const typed = text.text.replace(/^email:.*$/m, `email: ${address}`);
    return others.of(text, text.read(typed)).map(({ ref }) => ref.contactId);
  };
  const edit = (ref: ContactRef, email: string) => {
    const draft = withEdit(newDraft(), 'email', email, valuesOf(resourceOf(ref)).email);
    drafts.contacts.set({ origin: data.account.origin, ...ref }, draft);
  };
  return {
    all,
    found,
    edit,
    emailOf: (ref: ContactRef) => valuesOf(resourceOf(ref)).email,
    indexed: () => indexed,
  };
}

describe('the contacts beside a text', () => {
  it('with the same address are found, also by an edit that is not saved', async () => {
    const { all, found, edit, emailOf } = await begin(300);
    const [one, other] = all.slice(200).filter((ref) => emailOf(ref) !== '');
    assert.ok(one && other);
    await until('the other', () => found(emailOf(one).toUpperCase()).includes(one.contactId));
    assert.ok(!found('nobody@example.org').includes(one.contactId));
    edit(other, 'nobody@example.org');
    assert.ok(found(' Nobody@example.org').includes(other.contactId));
  });

  it('are found in a list of any length, which is indexed without a long block', async () => {
    const { all, found, emailOf, indexed } = await begin(30_000);
    const last = all.findLast((ref) => emailOf(ref) !== '');
    assert.ok(last);
    found(emailOf(last));
    await until('the index', () => indexed() > 0);
    assert.ok(found(emailOf(last)).includes(last.contactId));
    assert.ok(found('nobody@example.org').length <= 200);
  });
});
