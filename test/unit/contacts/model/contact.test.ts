import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { resourceSchema } from '../../../../src/api/http/document';
import { ContactList } from '../../../../src/contacts/lists/contactList';
import { displayName } from '../../../../src/contacts/model/contact';

const name = (attributes: object) =>
  displayName(z.parse(resourceSchema, { id: 'the-id', type: 't', attributes }));

describe('displayName', () => {
  it('is the full name, else the e-mail address, else the telephone number, else the id', () => {
    assert.equal(name({ first_name: ' Ada ', last_name: 'Byron', email: 'a@b' }), 'Ada Byron');
    assert.equal(name({ first_name: null, last_name: 'Byron' }), 'Byron');
    assert.equal(name({ first_name: ' ', email: 'a@b', telephone: '1' }), 'a@b');
    assert.equal(name({ email: '', telephone: '1' }), '1');
    assert.equal(name({ first_name: { no: 1 } }), 'the-id');
  });

  for (const nothing of [
    '\u200b',
    '\u3164',
    '\u2800',
    '\u00ad',
    '\u202e\u202c',
    '\ufeff',
    '\u{e0020}',
    '\0',
    '\u180e',
    '\ufffc',
    '\ufff9',
    '\u{16fe4}',
    '\u{1d159}',
    '\u{13441}',
  ])
    it(`is nothing that cannot be seen: ${JSON.stringify(nothing)}`, () => {
      assert.equal(name({ first_name: nothing, last_name: ` ${nothing}`, email: 'a@b' }), 'a@b');
      assert.equal(name({ first_name: nothing, last_name: 'Byron', email: 'a@b' }), 'Byron');
      assert.equal(name({ first_name: nothing, email: nothing, telephone: nothing }), 'the-id');
    });

  it('is what can be seen with what cannot', () => {
    assert.equal(name({ first_name: 'नमस्\u200dते' }), 'नमस्\u200dते');
    assert.equal(name({ first_name: '👩\u200d🚒' }), '👩\u200d🚒');
  });
});

describe('ContactList', () => {
  const page = (ids: string[], next?: number, total?: number) => ({
    resources: ids.map((id) => ({ id, type: 't' })),
    total,
    next,
    sortable: [],
    filterable: [],
  });

  it('keeps a row once when pages shift', () => {
    const list = new ContactList();
    list.take(page(['a', 'b'], 2), 0);
    list.take(page(['b', 'c'], 4), 2);
    assert.deepEqual(list.ids, ['a', 'b', 'c']);
    assert.equal(list.next, 4);
  });

  it('ends at a page that brings nothing new', () => {
    const list = new ContactList();
    list.take(page(['a', 'b'], 2), 0);
    list.take(page(['a', 'b'], 4), 2);
    assert.equal(list.next, undefined);
  });

  it('takes pages that came early once they follow, also where they overlap', () => {
    const list = new ContactList();
    list.take(page(['a', 'b'], 2, 6), 0);
    list.take(page(['d', 'e'], undefined, 6), 4);
    assert.deepEqual(list.ids, ['a', 'b']);
    list.take(page(['b', 'c', 'd'], 5, 6), 2);
    assert.deepEqual(list.ids, ['a', 'b', 'c', 'd', 'e']);
    assert.ok(list.complete);
  });
});
