import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseProblems } from '../../../../src/api/http/errorDocument';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, '../../../fixtures', name), 'utf8'));

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
    ['a pointer to the attribute alone', { source: { pointer: '/email' }, title: 't' }, 'email'],
    ['a pointer below "attributes"', { source: { pointer: '/attributes/email' }, title: 't' }, 'email'],
    ['a pointer as a fragment', { source: { pointer: '#/data/attributes/email' }, title: 't' }, 'email'],
    ['an encoded fragment', { source: { pointer: '#/data/attributes/a%20b~1c' }, title: 't' }, 'a b/c'],
    ['a broken fragment', { source: { pointer: '#/data/attributes/a%2' }, title: 't' }, 'a%2'],
    ['a pointer with dots', { source: { pointer: 'data.attributes.email' }, title: 't' }, 'email'],
    ['a bare name as pointer', { source: { pointer: 'email' }, title: 't' }, 'email'],
    ['a pointer into a value', { source: { pointer: '/data/attributes/email/0' }, title: 't' }, 'email'],
    ['an escaped tilde', { source: { pointer: '/data/attributes/a~01b' }, title: 't' }, 'a~1b'],
    ['a name with a dot', { source: { pointer: '/data/attributes/a.b' }, title: 't' }, 'a.b'],
    ['a pointer to the resource', { source: { pointer: '/data' }, title: 't' }, undefined],
    ['a pointer to all attributes', { source: { pointer: '/data/attributes' }, title: 't' }, undefined],
    ['a pointer to the document', { source: { pointer: '' }, title: 't' }, undefined],
    ['a pointer to an id', { source: { pointer: '/data/id' }, title: 't' }, undefined],
    [
      'a pointer to a relationship',
      { source: { pointer: '/data/relationships/accounts' }, title: 't', detail: 'accounts is unknown' },
      undefined,
    ],
    ['a relationship with dots', { source: { pointer: 'data.relationships.email' }, title: 't' }, undefined],
    ['a relationship in meta.field', { meta: { field: 'data.relationships.email' }, title: 't' }, undefined],
    ['an item of a list', { source: { pointer: '/data/0/attributes/email' }, title: 't' }, undefined],
    ['a detail that is a list', { detail: ['email is taken', 'Choose another one'] }, 'email'],
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
    ['a fragment', { source: { pointer: '#/data/attributes/extra' }, detail: 'Unknown property' }, 'extra'],
    ['dots', { source: { pointer: 'data.attributes.extra' }, detail: ['Unknown property'] }, 'extra'],
    ['an item within', { ...about('extra/0'), detail: 'Unknown property' }, undefined],
    [
      'a relationship',
      { source: { pointer: '/data/relationships/extra' }, detail: 'Unknown property' },
      undefined,
    ],
    ['the resource', { source: { pointer: '/data' }, detail: 'extra is not allowed' }, undefined],
    ['a list with a value', { ...about('extra'), detail: ['Unknown property', 'must be text'] }, undefined],
  ];
  for (const [what, error, name] of refusals)
    it(`takes a refusal for one of ${name === undefined ? 'no ' : 'a '}name: ${what}`, () =>
      assert.equal(parseProblems({ errors: [error] })[0]?.refusedName, name));

  it('reads a detail and a title that are lists, one sentence after another', () => {
    const [problem, bare] = parseProblems({
      errors: [
        {
          title: ['Not valid', 'Not saved.'],
          detail: ['email is taken', 7, null, '', 'Choose another one.'],
        },
        { detail: [] },
      ],
    });
    assert.deepEqual(problem, {
      title: 'Not valid. Not saved.',
      detail: 'email is taken. Choose another one.',
      field: 'email',
    });
    assert.deepEqual(bare, { title: '', detail: '' });
    assert.deepEqual(parseProblems({ detail: ['One object', 'and no list'] }), [
      { title: '', detail: 'One object. and no list' },
    ]);
  });

  it('cuts a list of sentences without end', () => {
    const [problem] = parseProblems({ errors: [{ detail: Array(100_000).fill('Too much') }] });
    assert.ok((problem?.detail.length ?? Infinity) <= 2000);
  });

  it('makes nothing of what is no error document', () => {
    for (const body of [undefined, null, '', 'no', 7, [], {}, { errors: 'no' }, { errors: [null, 3] }]) {
      assert.deepEqual(parseProblems(body), []);
    }
  });
});
