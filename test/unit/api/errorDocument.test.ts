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

  const about = (pointer: string) => ({ source: { pointer: `/data/attributes/${pointer}` } });
  const refusals: [string, object, string | undefined][] = [
    ['a pointer and an unknown property', { ...about('extra'), detail: 'Unknown property' }, 'extra'],
    ['a pointer and a whole sentence', { ...about('extra'), detail: 'extra is not allowed.' }, 'extra'],
    ['an additional property', { ...about('extra'), title: 'Additional properties are forbidden' }, 'extra'],
    ['a read-only attribute', { ...about('extra'), detail: 'This attribute is read-only' }, 'extra'],
    ['meta.type', { meta: { field: 'data.attributes.extra', type: 'unknown_field' } }, 'extra'],
    ['meta.field alone', { meta: { field: 'extra' }, detail: 'Unexpected field' }, 'extra'],
    ['a value', { ...about('extra'), detail: 'extra must be one of occupier, owner' }, undefined],
    ['a value that is not allowed', { ...about('extra'), detail: 'This value is not allowed' }, undefined],
    [
      'a value that is empty',
      { ...about('extra'), detail: 'The attribute extra is not allowed to be empty' },
      undefined,
    ],
    ['a length', { ...about('extra'), detail: 'Unexpected attribute length' }, undefined],
    ['an unknown value', { ...about('extra'), detail: 'Unknown value for attribute' }, undefined],
    [
      'a rule about values',
      { ...about('extra'), detail: 'extra is not allowed', meta: { type: 'enum' } },
      undefined,
    ],
    ['what is required', { ...about('extra'), meta: { type: 'required' } }, undefined],
    ['the first word of a sentence', { detail: 'status of contacts is read-only' }, undefined],
    ['the container', { meta: { field: 'data' }, detail: 'extra is not allowed' }, undefined],
    ['something within', { ...about('extra/deep'), detail: 'Unknown property' }, undefined],
    ['nothing', { ...about('extra') }, undefined],
  ];
  for (const [what, error, name] of refusals)
    it(`takes a refusal for one of ${name === undefined ? 'no ' : 'a '}name: ${what}`, () =>
      assert.equal(parseProblems({ errors: [error] })[0]?.refusedName, name));

  it('makes nothing of what is no error document', () => {
    for (const body of [undefined, null, '', 'no', 7, [], {}, { errors: 'no' }, { errors: [null, 3] }]) {
      assert.deepEqual(parseProblems(body), []);
    }
  });
});
