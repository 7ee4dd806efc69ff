/** What a webview may say: whatever else comes is dropped, and never does harm. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { interactionFields } from '../../../src/contacts/interactionDraft';
import { parseIdentity, parseIntent, takeMessage } from '../../../src/panel/messages';

const rounds = { numRuns: 10_000 };
const field = fc.constantFrom('first_name', 'last_name', 'email', 'telephone');
const text = fc.string({ unit: 'binary', maxLength: 20 });
const alone = [
  'ready',
  'save',
  'revert',
  'unrevert',
  'undo',
  'cancelWait',
  'copyDraft',
  'retry',
  'signIn',
  'useSampleData',
  'showLog',
];
const choice = fc.oneof(
  fc.record({ field, theirs: text, choice: fc.constantFrom('mine', 'theirs') }),
  fc.record({ field, theirs: text, choice: fc.constant('other'), value: text }),
);
const id = fc.string({ minLength: 1, maxLength: 500 });
const what = fc.string({ maxLength: 500 });
/** The closed set. */
const right: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.oneof(
  fc.constantFrom(...alone).map((type) => ({ type })),
  fc.record({ type: fc.constant('edit'), field, value: text, revision: fc.integer({ min: 1 }), base: text }),
  fc.record({ type: fc.constant('saveWithout'), attempt: fc.integer() }),
  fc.record({ type: fc.constant('choose'), choice }),
  fc.record({ type: fc.constant('resolve'), choices: fc.array(choice, { maxLength: 4 }) }),
  fc.record({
    type: fc.constant('related'),
    act: fc.constantFrom('seen', 'more', 'retry', 'add', 'look'),
    name: fc.string({ maxLength: 500 }),
  }),
  fc.record({ type: fc.constantFrom('fold', 'editNotes', 'openContact'), id }),
  fc.record({
    type: fc.constant('interaction'),
    what,
    field: fc.constantFrom(...interactionFields),
    value: text,
    revision: fc.integer({ min: 1 }),
  }),
  fc.record({
    type: fc.constant('interactionDo'),
    what,
    act: fc.constantFrom('send', 'drop', 'look', 'mine', 'theirs'),
  }),
  fc.record({ type: fc.constant('history'), act: fc.constantFrom('fold', 'more') }),
  fc.record({ type: fc.constant('copy'), id }),
);
const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
  key: fc.oneof(
    fc.string(),
    fc.constantFrom('type', 'field', 'value', 'choices', '__proto__', 'constructor', 'toString'),
  ),
});
/** One that is right but for one key, which is missing, more, or something else. */
const nearlyRight = fc
  .tuple(right, fc.nat(), fc.constantFrom('missing', 'more', 'other'), anything, fc.string())
  .map(([message, at, how, value, name]) => {
    const keys = Object.keys(message);
    const key = keys[at % keys.length] ?? 'type';
    const entries = Object.entries(message).filter(([own]) => how !== 'missing' || own !== key);
    if (how === 'more') entries.push([keys.includes(name) ? `${name} ` : name, value]);
    return Object.fromEntries(
      entries.map(([own, old]) => [own, how === 'other' && own === key ? value : old]),
    );
  });

/** What is taken is one of the set, whole and with nothing beside it. */
function isOfTheSet(message: unknown): boolean {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  const keys = Object.keys(message).toSorted().join();
  const { type } = message;
  if (typeof type !== 'string') return false;
  if (alone.includes(type)) return keys === 'type';
  const expected: Readonly<Record<string, string>> = {
    edit: 'base,field,revision,type,value',
    saveWithout: 'attempt,type',
    choose: 'choice,type',
    resolve: 'choices,type',
    copy: 'id,type',
    related: 'act,name,type',
    fold: 'id,type',
    editNotes: 'id,type',
    openContact: 'id,type',
    interaction: 'field,revision,type,value,what',
    interactionDo: 'act,type,what',
    history: 'act,type',
  };
  return Object.hasOwn(expected, type) && keys === expected[type];
}

describe('messages of the panel', function () {
  this.timeout(60_000);

  it('takes every message of the set as it is', () => {
    fc.assert(
      fc.property(right, (message) => assert.deepEqual(parseIntent(message), structuredClone(message))),
      rounds,
    );
  });

  it('logs what it drops without a word of it', () => {
    const lines: string[] = [];
    const log = { warn: (line: string) => void lines.push(line) };
    fc.assert(
      fc.property(nearlyRight, (message) => takeMessage(message, () => undefined, log)),
      rounds,
    );
    assert.ok(lines.length > 1000);
    assert.equal(new Set(lines).size, 1);
  });

  for (const [what, messages] of [
    ['anything', anything],
    ['what is nearly right', nearlyRight],
  ] as const)
    it(`drops ${what}, whatever it is, and throws nothing`, () => {
      fc.assert(
        fc.property(messages, (message) => {
          const intent = parseIntent(message);
          if (intent !== undefined) assert.ok(isOfTheSet(intent), JSON.stringify(intent));
        }),
        rounds,
      );
    });

  it('drops a message with one key more, of any name', () => {
    for (const key of ['__proto__', 'constructor', 'toString'])
      assert.equal(parseIntent(JSON.parse(`{"type":"save","${key}":{"type":"save"}}`)), undefined, key);
    fc.assert(
      fc.property(right, fc.string(), anything, (message, key, value) => {
        fc.pre(!Object.hasOwn(message, key) && key !== '__proto__');
        assert.equal(parseIntent({ ...message, [key]: value }), undefined);
      }),
      rounds,
    );
  });

  const edit = (value: string, base = '') => ({ type: 'edit', field: 'email', value, revision: 1, base });
  const chars = (count: number) => 'x'.repeat(count);

  it('takes whatever the field lets a person type, and nothing of 10 MB', () => {
    assert.ok(parseIntent(edit(chars(1_000_000))));
    assert.equal(parseIntent(edit(chars(10_000_000))), undefined);
    assert.equal(parseIntent(edit('', chars(20_000_001))), undefined);
    assert.equal(parseIntent({ type: 'copy', id: chars(10_000_000) }), undefined);
  });

  it('takes what is left of a value that was longer before anybody typed', () => {
    assert.ok(parseIntent(edit(chars(4_999_999), chars(5_000_000))));
    assert.equal(parseIntent(edit(chars(5_000_001), chars(5_000_000))), undefined);
  });

  it('makes an identity of what a webview kept, or nothing', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('origin', 'organisationId', 'contactId'));
    const kept = fc.oneof(anything, fc.dictionary(key, fc.oneof(fc.string(), anything)));
    fc.assert(
      fc.property(kept, (state) => {
        const identity = parseIdentity(state);
        if (identity === undefined) return;
        assert.deepEqual(Object.keys(identity).toSorted(), ['contactId', 'organisationId', 'origin']);
        assert.ok(Object.values(identity).every((part) => typeof part === 'string' && part !== ''));
      }),
      rounds,
    );
    const identity = { origin: 'https://a.example', organisationId: 'o', contactId: 'c' };
    assert.deepEqual(parseIdentity({ ...identity, scroll: 3, focus: 'email' }), identity);
    assert.equal(parseIdentity({ ...identity, contactId: chars(501) }), undefined);
    assert.equal(parseIdentity({ ...identity, origin: chars(1_000_000) }), undefined);
  });
});
