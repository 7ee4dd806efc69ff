import assert from 'node:assert/strict';
import { fieldsIn, only } from '../../../../src/contacts/model/byField';

describe('values of some fields', () => {
  it('names the fields that have a value, in the order of a contact, and an emptied one is a value', () => {
    assert.deepEqual(fieldsIn({ telephone: '', first_name: 'Ada' }), ['first_name', 'telephone']);
    assert.deepEqual(fieldsIn({}), []);
  });

  it('leaves out the values of all other fields', () => {
    assert.deepEqual(only({ email: 'a@example.org', telephone: '1' }, ['telephone', 'last_name']), {
      telephone: '1',
    });
  });
});
