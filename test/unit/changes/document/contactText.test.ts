import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ContactText, type Known } from '../../../../src/changes/document/contactText';
import { formatKept, parseKept } from '../../../../src/changes/document/keptText';
import { writeContacts } from '../../../../src/changes/text/write';
import { fieldNames, keyOf, type Values } from '../../../../src/contacts/model/contact';
import type { Edits } from '../../../../src/contacts/model/update';

const ref = (n: number) => ({ organisationId: 'o', contactId: `${n}2345678-0000` });
const values = (n: number, more: Edits = {}): Values => ({
  first_name: `First ${n}`,
  last_name: `Last ${n}`,
  email: `${n}@example.org`,
  telephone: '',
  ...more,
});

function begin(all: readonly Values[] = [values(1), values(2), values(3)], edits: readonly Edits[] = []) {
  const contacts = all.map((one, n) => ({ ref: ref(n), title: `Contact ${n}`, values: one }));
  const shown = contacts.map((one, n) => ({ ...one, values: { ...one.values, ...edits[n] } }));
  return new ContactText({
    origin: 'https://api.test',
    contacts: contacts.map(({ ref: own, title }) => ({ ref: own, title })),
    text: writeContacts(['A text'], shown),
    seen: new Map(shown.map((one) => [keyOf(one.ref), one.values])),
    bases: new Map(contacts.map((one) => [keyOf(one.ref), one.values])),
  });
}
const knownAs = (known: readonly Known[]) => (one: { contactId: string }) =>
  known.find((_, n) => ref(n).contactId === one.contactId);
const all = [ref(0), ref(1), ref(2)];
const typed = (text: ContactText, saved: string) =>
  text.accept(saved).map(({ ref: own, field, value, base }) => [own.contactId[0], field, value, base]);

describe('a document of contacts', () => {
  it('makes edits of what was typed, with what it started from', () => {
    const text = begin();
    const saved = text.text.replace('2@example.org', 'new@example.org');
    assert.deepEqual(typed(text, saved), [['1', 'email', 'new@example.org', '2@example.org']]);
    assert.deepEqual(typed(text, saved), []);
    assert.equal(text.text, saved);
  });

  it('starts from what Ctrl Hub has where a draft was shown', () => {
    const text = begin(undefined, [{ email: 'draft@example.org' }]);
    const saved = text.text.replace('draft@example.org', 'other@example.org');
    assert.deepEqual(typed(text, saved), [['0', 'email', 'other@example.org', '1@example.org']]);
  });

  it('follows drafts and colleagues, line by line, and keeps all else', () => {
    const text = begin();
    text.accept(`${text.text.replace('# A text', '# Mine')}\n# at the end\r\n`);
    const now = [
      { values: values(1, { telephone: '123' }), edits: {} },
      { values: values(2), edits: { email: 'panel@example.org' } },
      { values: values(3), edits: {} },
    ];
    assert.equal(text.update(all, knownAs(now)), true);
    assert.match(text.text, /# Mine[\s\S]*telephone: 123[\s\S]*panel@example\.org[\s\S]*# at the end\r\n$/);
    assert.equal(text.update(all, knownAs(now)), false);
    assert.deepEqual(typed(text, text.text), []);
  });

  it('keeps what was typed and not saved, and an old line takes nothing back', () => {
    const text = begin();
    const dirty = text.text.replace('First 3', 'Typed').replace('email: 2@example.org', 'email: mine');
    const now = [
      { values: values(1, { email: 'colleague@example.org' }), edits: {} },
      { values: values(2), edits: { email: 'theirs@example.org', last_name: 'Theirs' } },
      { values: values(3), edits: {} },
    ];
    const lines = text.outdatedIn(text.read(dirty), all, knownAs(now));
    assert.deepEqual(
      lines.map(({ ref: own, field, value }) => [own.contactId[0], field, value]),
      [
        ['0', 'email', 'colleague@example.org'],
        ['1', 'last_name', 'Theirs'],
      ],
    );
    // Saved before the editor showed them.
    assert.deepEqual(typed(text, dirty), [
      ['1', 'email', 'mine', '2@example.org'],
      ['2', 'first_name', 'Typed', 'First 3'],
    ]);
    const after = [
      now[0],
      { values: values(2), edits: { email: 'mine', last_name: 'Theirs' } },
      { values: values(3), edits: { first_name: 'Typed' } },
    ];
    assert.equal(text.update(all, knownAs(after as Known[])), true);
    for (const value of ['colleague@example.org', 'last_name: Theirs', 'email: mine', 'first_name: Typed'])
      assert.ok(text.text.includes(value), value);
  });

  it('takes no line as typed that was renewed in unsaved text', () => {
    const text = begin();
    const now = [values(1), values(2, { telephone: '42' }), values(3)].map((one) => ({
      values: one,
      edits: {},
    }));
    const dirty = text.text.replace('First 2', 'Typed');
    const lines = text.outdatedIn(text.read(dirty), all, knownAs(now));
    text.renewed(lines);
    assert.deepEqual(text.outdatedIn(text.read(dirty), all, knownAs(now)), []);
    const saved = dirty.replace(/(Last 2\nemail: 2@example.org\ntelephone:)/, '$1 42');
    assert.deepEqual(typed(text, saved), [['1', 'first_name', 'Typed', 'First 2']]);
    // The value is on screen, so that the old one counts as typed.
    assert.deepEqual(typed(text, saved.replace('telephone: 42', 'telephone:')), [
      ['1', 'telephone', '', '42'],
    ]);
  });

  it('takes no line as typed that VS Code had not read again', () => {
    const text = begin();
    const old = text.text;
    const now = [1, 2, 3].map((n) => ({ values: values(n, { email: `new-${n}@example.org` }), edits: {} }));
    assert.equal(text.update(all, knownAs(now)), true);
    assert.deepEqual(typed(text, old.replace('Last 1', 'Typed')), [['0', 'last_name', 'Typed', 'Last 1']]);
    assert.equal(text.update(all, knownAs(now)), true);
    text.confirm(text.text);
    // The text on screen is confirmed, so that the old value counts as typed.
    const back = text.text.replace('new-1@example.org', '1@example.org');
    assert.deepEqual(typed(text, back), [['0', 'email', '1@example.org', 'new-1@example.org']]);
  });

  it('leaves a damaged block alone in both directions, and keeps it', () => {
    const text = begin();
    const damaged = text.text.replace('[1', '[x').replace('2@example.org', 'damaged@example.org');
    assert.deepEqual(typed(text, damaged), []);
    const now = [1, 2, 3].map((n) => ({ values: values(n, { telephone: '9' }), edits: {} }));
    assert.equal(text.update(all, knownAs(now)), true);
    assert.ok(text.text.includes('damaged@example.org'));
    assert.equal((text.text.match(/telephone: 9/g) ?? []).length, 2);
    assert.equal(text.isWhole, false);
    const repaired = text.text.replace('[x', '[1');
    assert.deepEqual(typed(text, repaired), [['1', 'email', 'damaged@example.org', '2@example.org']]);
  });

  it('comes back from the disk as it was', () => {
    const edits = fc.record({ email: fc.string(), telephone: fc.string({ unit: 'binary' }) });
    fc.assert(
      fc.property(fc.array(edits, { minLength: 1, maxLength: 5 }), (own) => {
        const text = begin(
          own.map((_, n) => values(n)),
          own,
        );
        const kept = parseKept(formatKept(text.toKeep())) ?? assert.fail('unreadable');
        const again = new ContactText(kept);
        assert.deepEqual(again.text, text.text);
        assert.deepEqual(again.accept(text.text), []);
        const first = fieldNames.map((field) => kept.seen.get(keyOf(ref(0)))?.[field]);
        assert.deepEqual(first, Object.values({ ...values(0), ...own[0] }));
      }),
    );
    assert.equal(parseKept('{'), undefined);
    assert.equal(parseKept('{"version":1}'), undefined);
  });

  it('changes nothing but by a value that was typed, whatever was saved before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2), fc.constantFrom(...fieldNames), fc.string(), fc.boolean()), {
          maxLength: 12,
        }),
        (steps) => {
          const server = [values(1), values(2), values(3)];
          const drafts: Edits[] = [{}, {}, {}];
          const text = begin(server);
          for (const [n, field, value, isPanel] of steps) {
            drafts[n] = { ...drafts[n], ...(isPanel && { [field]: value }) };
            const known = server.map((one, at) => ({ values: one, edits: drafts[at] ?? {} }));
            text.update(all, knownAs(known));
            text.confirm(text.text);
            assert.deepEqual(text.accept(text.text), []);
          }
        },
      ),
    );
  });
});
