import assert from 'node:assert/strict';
import { resourceSchema } from '../../../src/api/document';
import { displayName } from '../../../src/contacts/contact';
import { newList, withPage } from '../../../src/contacts/contactList';

const name = (attributes: object) =>
  displayName(resourceSchema.parse({ id: 'the-id', type: 't', attributes }));

describe('displayName', () => {
  it('is the full name, else the e-mail address, else the telephone number, else the id', () => {
    assert.equal(name({ first_name: ' Ada ', last_name: 'Byron', email: 'a@b' }), 'Ada Byron');
    assert.equal(name({ first_name: null, last_name: 'Byron' }), 'Byron');
    assert.equal(name({ first_name: ' ', email: 'a@b', telephone: '1' }), 'a@b');
    assert.equal(name({ email: '', telephone: '1' }), '1');
    assert.equal(name({ first_name: { no: 1 } }), 'the-id');
  });
});

describe('withPage', () => {
  const page = (ids: string[], next?: number) => ({
    resources: ids.map((id) => ({ id, type: 't' })),
    total: undefined,
    next,
  });

  it('keeps a row once when pages shift', () => {
    const list = withPage(withPage(newList, page(['a', 'b'], 2)), page(['b', 'c'], 4));
    assert.deepEqual(list.ids, ['a', 'b', 'c']);
    assert.equal(list.next, 4);
  });

  it('ends at a page that brings nothing new', () => {
    const list = withPage(withPage(newList, page(['a', 'b'], 2)), page(['a', 'b'], 4));
    assert.equal(list.next, undefined);
  });
});
