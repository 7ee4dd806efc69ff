import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseProblems } from '../../../src/api/errorDocument';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, '../../fixtures', name), 'utf8'));

describe('parseProblems', () => {
  it('reads the list of errors, and finds the field that the detail begins with', () => {
    assert.deepEqual(parseProblems(fixture('error-400-useful.json')), [
      { title: 'The request body is not valid', detail: 'attributes is required', field: 'attributes' },
    ]);
  });

  it('reads one bare error object', () => {
    assert.deepEqual(parseProblems(fixture('error-400-relationships.json')), [
      { title: 'A validation error was encountered', detail: '', parameter: 'include' },
    ]);
  });

  const named: [string, unknown, string | undefined][] = [
    ['a pointer', { source: { pointer: '/data/attributes/email' }, title: 't' }, 'email'],
    [
      'a pointer without its first slash',
      { source: { pointer: 'data/attributes/telephone' }, title: 't' },
      'telephone',
    ],
    ['an escaped pointer', { source: { pointer: '/data/attributes/a~1b' }, title: 't' }, 'a/b'],
    ['meta.field', { meta: { field: 'email' }, title: 't' }, 'email'],
    ['a path in meta.field', { meta: { field: 'data.attributes.last_name' }, title: 't' }, 'last_name'],
    [
      'the beginning of the detail',
      { meta: { field: 'data' }, detail: 'first_name is too long' },
      'first_name',
    ],
    ['nothing', { title: 'No', detail: 'This will not do' }, undefined],
    ['a pointer of the wrong type', { title: 'No', source: { pointer: 7 } }, undefined],
  ];
  for (const [what, error, field] of named) {
    it(`finds the field by ${what}`, () => assert.equal(parseProblems({ errors: [error] })[0]?.field, field));
  }

  it('makes nothing of what is no error document', () => {
    for (const body of [undefined, null, '', 'no', 7, [], {}, { errors: 'no' }, { errors: [null, 3] }]) {
      assert.deepEqual(parseProblems(body), []);
    }
  });
});
