/** Tests that messages of a webview outside the closed set are dropped and do no harm. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { interactionFields } from '../../../src/contacts/drafts/interactionDraft';
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
const interactionId = fc.string({ maxLength: 500 });
const keystroke = {
  page: fc.stringMatching(/^[0-9a-f]{32}$/),
  revision: fc.integer({ min: 1 }),
};
/** The closed set of messages. */
const right: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.oneof(
  fc.constantFrom(...alone).map((type) => ({ type })),
  fc.record({ type: fc.constant('saveWithout'), attempt: fc.integer() }),
  fc.record({ type: fc.constant('edit'), field, value: text, base: text, ...keystroke }),
  fc.record({ type: fc.constant('choose'), choice, ...keystroke }),
  fc.record({ type: fc.constant('resolve'), choices: fc.array(choice, { maxLength: 4 }) }),
  fc.record({
    type: fc.constant('related'),
    act: fc.constantFrom('seen', 'more', 'retry', 'add', 'look'),
    name: fc.string({ maxLength: 500 }),
  }),
  fc.record({ type: fc.constantFrom('fold', 'editNotes', 'openContact'), id }),
  fc.record({
    type: fc.constant('interaction'),
    interactionId,
    field: fc.constantFrom(...interactionFields),
    value: text,
    before: fc.dictionary(fc.constantFrom(...interactionFields), text),
    ...keystroke,
  }),
  fc.record({
    type: fc.constant('interactionDo'),
    interactionId,
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
/** Messages that are valid except for one key, which is missing, superfluous or different. */
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

/** Returns true for a whole message of the set without further keys. */
function isOfTheSet(message: unknown): boolean {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  const keys = Object.keys(message).toSorted().join();
  const { type } = message;
  if (typeof type !== 'string') return false;
  if (alone.includes(type)) return keys === 'type';
  const expected: Readonly<Record<string, string>> = {
    saveWithout: 'attempt,type',
    edit: 'base,field,page,revision,type,value',
    choose: 'choice,page,revision,type',
    resolve: 'choices,type',
    copy: 'id,type',
    related: 'act,name,type',
    fold: 'id,type',
    editNotes: 'id,type',
    openContact: 'id,type',
    interaction: 'before,field,interactionId,page,revision,type,value',
    interactionDo: 'act,interactionId,type',
    history: 'act,type',
  };
  return Object.hasOwn(expected, type) && keys === expected[type];
}

describe('messages of the panel', () => {
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

  const page = '0123456789abcdef'.repeat(2);
  const edit = (value: string, base = '') => ({
    type: 'edit',
    field: 'email',
    value,
    page,
    revision: 1,
    base,
  });
  const note = (value: string, before = {}) => ({
    type: 'interaction',
    interactionId: '',
    field: 'notes',
    value,
    before,
    page,
    revision: 1,
  });
  const chars = (count: number) => 'x'.repeat(count);

  it('takes whatever a field can hold, however much more it holds than a person can type', () => {
    for (const count of [1_000_000, 1_000_001, 20_000_000]) {
      assert.ok(parseIntent(edit(chars(count))));
      assert.ok(parseIntent(note(chars(count), { notes: chars(count) })));
    }
    assert.equal(parseIntent(edit(chars(20_000_001))), undefined);
    assert.equal(parseIntent(edit('', chars(20_000_001))), undefined);
    assert.equal(parseIntent(note('', { notes: chars(20_000_001) })), undefined);
    assert.equal(parseIntent({ type: 'copy', id: chars(10_000_000) }), undefined);
  });

  it('takes no text without the number of its keystroke, on a page that has a name', () => {
    const choose = {
      type: 'choose',
      choice: { field: 'email', theirs: '', choice: 'mine' },
      page,
      revision: 1,
    };
    for (const typed of [edit('a'), note('a'), choose]) {
      assert.ok(parseIntent(typed));
      for (const wrong of ['', 'a page', page.toUpperCase(), `${page}0`, 7, undefined])
        assert.equal(parseIntent({ ...typed, page: wrong }), undefined, String(wrong));
      for (const wrong of [0, -1, 1.5, 2 ** 53, '1', undefined])
        assert.equal(parseIntent({ ...typed, revision: wrong }), undefined, String(wrong));
    }
  });

  it('takes a form’s fields and no others', () => {
    assert.ok(parseIntent(note('a', { notes: 'b', account: '' })));
    assert.equal(parseIntent(note('a', { notes: 'b', id: 'x' })), undefined);
    assert.equal(parseIntent(note('a', { notes: 7 })), undefined);
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
