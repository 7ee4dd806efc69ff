import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withoutJoined } from '../../../../src/changes/text/joinedBlocks';
import { parseContacts } from '../../../../src/changes/text/parse';
import type { ParsedText, TextErrorCode } from '../../../../src/changes/text/parsedText';
import { shortIds } from '../../../../src/changes/text/shortIds';
import { type TextContact, writeContacts } from '../../../../src/changes/text/write';
import { fieldNames, keyOf } from '../../../../src/contacts/model/contact';
import { hostileStrings } from '../../../support/hostileStrings';

const awkward = fc.constantFrom(
  '',
  ' ',
  'Ada ',
  '\tAda',
  '\u00a0Ada\u3000',
  'a\nb',
  'a\r\nb\rc',
  'a\u2028b\u2029c\u0085d\u000be',
  ': x',
  '#',
  '# comment',
  '[0a1b2c3d]',
  'email: x',
  '\\',
  '\\u{41}',
  '\\\\u{41}',
  '\\u{',
  'x\\',
  '\u202eabc\u2066',
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  '\u0646\u0645\u06cc\u200c\u062f\u0627\u0646\u0645',
  '\ud83d',
  '\ude00',
  '\ufeffx',
  '\ufffd',
  '=======',
  '\u3164',
  '=SUM(A1)',
);
const value = fc.oneof(awkward, fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
const id = fc.oneof(
  fc.uuid(),
  fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }),
  fc.constantFrom('a', 'ab', 'abc', 'abcdefgh', 'abcdefghi', 'abc$', 'abc/1', '1'),
);
const values = fc.record({ first_name: value, last_name: value, email: value, telephone: value });
const contact = fc.record({
  ref: fc.record({ organisationId: fc.constantFrom('1', '2'), contactId: id }),
  title: value,
  values,
});
const contacts = fc.uniqueArray(contact, {
  maxLength: 8,
  selector: ({ ref }) => JSON.stringify([ref.organisationId, ref.contactId]),
});

const refsOf = (all: readonly TextContact[]) => all.map(({ ref }) => ref);
const written = (all: readonly TextContact[]) => writeContacts(['Nothing is sent by saving.'], all);

/** Returns the changes in a text: the fields of sound blocks whose value differs from the written one. */
function changesOf(all: readonly TextContact[], { blocks }: ParsedText) {
  return blocks.flatMap(({ ref, isSound, fields }) => {
    const before = all.find((one) => one.ref === ref)?.values;
    return fieldNames.flatMap((field) => {
      const now = fields[field]?.value;
      return !isSound || now === undefined || now === before?.[field] ? [] : [{ ref, field, now }];
    });
  });
}

describe('contacts as text', () => {
  it('give back every value, whatever is in it', () => {
    fc.assert(
      fc.property(contacts, (all) => {
        const parsed = parseContacts(written(all), refsOf(all));
        assert.deepEqual(parsed.errors, []);
        assert.deepEqual(parsed.missing, []);
        assert.deepEqual(
          parsed.blocks.map(({ ref, fields }) => [ref, fieldNames.map((name) => fields[name]?.value)]),
          all.map(({ ref, values }) => [ref, fieldNames.map((name) => values[name])]),
        );
      }),
    );
  });

  it('give back hostile text, and a million characters', () => {
    const texts = Object.values(hostileStrings);
    const all = texts.map((text, n) => ({
      ref: { organisationId: '1', contactId: `${n}` },
      title: text,
      values: { first_name: text, last_name: '', email: `${text} `, telephone: '' },
    }));
    const { blocks, errors } = parseContacts(written(all), refsOf(all));
    assert.deepEqual(errors, []);
    assert.deepEqual(
      blocks.map(({ fields }) => fields.first_name?.value),
      texts,
    );
  });

  it('survive other line ends, a mark of UTF-8, and an editor that trims lines', () => {
    fc.assert(
      fc.property(contacts, fc.constantFrom('\r\n', '\r', '\n'), (all, lineEnd) => {
        const text = written(all)
          .split('\n')
          .map((line) => line.trimEnd())
          .join(lineEnd);
        const parsed = parseContacts(`\ufeff${text}`, refsOf(all));
        assert.deepEqual(parsed.errors, []);
        assert.deepEqual(changesOf(all, parsed), []);
        assert.equal(parsed.blocks.length, all.length);
      }),
    );
  });

  it('have every field on one line that shows all of its value', () => {
    fc.assert(
      fc.property(contacts, (all) => {
        const lines = written(all).split('\n');
        assert.equal(lines.length, 2 + all.length * 6 + 1);
        for (const line of lines) {
          assert.equal(line, line.trimEnd());
          assert.doesNotMatch(line, /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff]/u);
        }
      }),
    );
  });
});

const simple = (n: number): TextContact => ({
  ref: { organisationId: '1', contactId: `${n}0a1b2c3-0000-4000-8000-00000000000${n}` },
  title: `Contact ${n}`,
  values: {
    first_name: `First ${n}`,
    last_name: `Last ${n}`,
    email: `${n}@example.org`,
    telephone: `+44 ${n}`,
  },
});
const three = [1, 2, 3].map(simple);
const parse = (text: string) => parseContacts(text, refsOf(three));
const codes = (text: string) => parse(text).errors.map(({ code }) => code);
const text = written(three);

describe('a changed text', () => {
  it('tells what was typed, and leaves alone what is not there', () => {
    const changed = text
      .replace('1@example.org', 'new@example.org')
      .replace(/^telephone: .*$/m, 'telephone:');
    const parsed = parse(changed.replace(/^last_name: Last 2\n/m, ''));
    assert.deepEqual(parsed.errors, []);
    assert.deepEqual(
      changesOf(three, parsed).map(({ field, now }) => [field, now]),
      [
        ['email', 'new@example.org'],
        ['telephone', ''],
      ],
    );
    assert.equal(parsed.blocks[1]?.fields.last_name, undefined);
  });

  it('counts contacts that are not in it', () => {
    const [first, , last] = text.split('\n\n').slice(1);
    assert.deepEqual(parse([first, last].join('\n\n')).missing, [three[1]?.ref]);
    assert.deepEqual(parse('').missing, refsOf(three));
    assert.deepEqual(parse('# nothing\n').errors, []);
  });

  it('has its errors where they are', () => {
    const at = (changed: string) => {
      const [error] = parse(changed).errors;
      return changed.split('\n')[error?.range.line ?? 0]?.slice(error?.range.start, error?.range.end);
    };
    assert.equal(at(text.replace('[20a1b2c3]', '[20a1b2c4]')), '[20a1b2c4]');
    assert.equal(at(text.replace('email: 2@', 'mail: 2@')), 'mail');
    assert.equal(at(text.replace('2@example', 'x\\u{zz}')), '\\u{');
    assert.equal(at(text.replace('2@example', 'x\u0000y')), '\u0000');
    assert.deepEqual(codes(text.replace('First 2', '<<<<<<< HEAD')), []);
    assert.equal(at(text.replace('first_name: First 2', '<<<<<<< HEAD')), '<<<<<<< HEAD');
  });

  it('is in error, and changes nothing of its contact, where it is damaged', () => {
    const damaged: readonly (readonly [TextErrorCode, string])[] = [
      ['unknownId', text.replace('[20a1b2c3]', '[20a1b2]')],
      ['unknownId', text.replace('[20a1b2c3]', '[20A1B2C3]')],
      ['damagedBlockLine', text.replace('[20a1b2c3]', '[20a1b2c3')],
      ['damagedBlockLine', text.replace('[20a1b2c3]', '[]')],
      ['damagedBlockLine', text.replace('[20a1b2c3] # ', '[20a1b2c3] ')],
      ['unknownLine', text.replace('[20a1b2c3]', '20a1b2c3]')],
      ['fieldOutsideBlock', text.replace(/^\[20a1b2c3\].*\n/m, '')],
      ['fieldOutsideBlock', text.replace('[20a1b2c3]', '# [20a1b2c3]')],
      ['doubledField', text.replace(/\n\n\[20a1b2c3\].*\n/, '\n')],
      ['doubledField', text.replace('\n\n[20a1b2c3]', '\n# [20a1b2c3]').replace('# [20a1b2c3]', '# x')],
      ['doubledField', text.replace('email: 2@example.org', 'telephone: 2')],
      ['unknownLine', text.replace('last_name: Last 2', 'Last 2')],
      ['unknownField', text.replace('last_name: Last 2', 'Last_name: Last 2')],
      ['unknownLine', text.replace('last_name: Last 2', 'last_name Last 2')],
      ['mergeMarker', text.replace('last_name: Last 2', '=======')],
      ['encoding', text.replace('é ŵ ✓', 'Ã© Åµ âœ“')],
      ['encoding', text.replace('contacts 1', 'contacts 2')],
      ['fieldOutsideBlock', text.replace('\nemail: 2@', '\n\nemail: 2@')],
    ];
    for (const [code, changed] of damaged) {
      assert.notEqual(changed, text, code);
      assert.ok(codes(changed).includes(code), `${code}: ${codes(changed)}`);
      assert.deepEqual(changesOf(three, parse(changed)), [], code);
    }
  });

  it('changes no contact where all of it was read in another encoding', () => {
    const all = three.map((one) => ({
      ...one,
      values: { ...one.values, first_name: 'Zoë', last_name: 'ŵ' },
    }));
    const bytes = Buffer.from(written(all));
    const texts = [
      new TextDecoder('windows-1252').decode(bytes),
      new TextDecoder('windows-1251').decode(bytes),
      bytes.toString('latin1'),
      bytes.toString('ascii'),
      bytes.toString('utf16le'),
      written(all).replace(/[^\0-\x7f]/g, '?'),
      written(all).replace(/[^\0-\x7f]/g, '\uFFFD'),
      // Each character twice wrong, as after two programs.
      new TextDecoder('windows-1252').decode(Buffer.from(bytes.toString('latin1'))),
    ];
    for (const changed of texts) {
      const parsed = parse(changed);
      assert.notDeepEqual(parsed.errors, []);
      assert.deepEqual(changesOf(all, parsed), [], changed.slice(0, 40));
    }
  });

  it('takes nothing from blocks with the same id, and none from a whole text pasted twice', () => {
    const parsed = parse(text + text.replaceAll('example.org', 'example.com'));
    assert.deepEqual(changesOf(three, parsed), []);
    assert.equal(parsed.errors.filter(({ code }) => code === 'doubledId').length, 6);
  });

  it('changes nothing by itself: any lines deleted, doubled or moved give an error, or leave fields alone', () => {
    const lines = text.split('\n');
    const line = fc.nat({ max: lines.length - 1 });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('delete' as const), from: line, to: line }),
      fc.record({ kind: fc.constant('double' as const), from: line, to: line }),
      fc.record({ kind: fc.constant('move' as const), from: line, to: line }),
      fc.record({ kind: fc.constant('join' as const), from: line, to: line }),
    );
    fc.assert(
      fc.property(step, ({ kind, from, to }) => {
        const left = [...lines];
        const [taken = ''] = kind === 'double' ? [lines[from]] : left.splice(from, 1);
        if (kind === 'double' || kind === 'move') left.splice(to, 0, taken);
        if (kind === 'join') left[from] = taken + (left[from] ?? '');
        const refs = three.map(({ ref }) => ref);
        const seen = new Map(three.map(({ ref, values }) => [keyOf(ref), values]));
        const parsed = withoutJoined(parse(left.join('\n')), refs, seen);
        if (parsed.errors.length === 0) assert.deepEqual(changesOf(three, parsed), []);
      }),
      { numRuns: 3_000 },
    );
  });

  it('never takes a damaged id for another contact', () => {
    fc.assert(
      fc.property(contacts, fc.nat(), fc.nat(), (all, which, cut) => {
        if (all.length === 0) return;
        const ids = shortIds(refsOf(all));
        const short = ids[which % ids.length] ?? '';
        const shorter = short.slice(0, cut % short.length);
        assert.ok(!ids.includes(shorter));
        assert.equal(new Set(ids).size, ids.length);
      }),
    );
  });
});
