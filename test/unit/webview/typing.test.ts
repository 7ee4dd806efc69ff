import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isOutdated,
  startTyping,
  type Typing,
  typedChoice,
  typedNote,
  typedValue,
  typeInto,
  withoutHeard,
  withoutTyped,
} from '../../../src/webview/page/typing';

const edit = (typing: Typing, value: string) =>
  typeInto(typing, { type: 'edit', field: 'email', value, base: '' });
const note = (typing: Typing, value: string, interactionId = '') =>
  typeInto(typing, { type: 'interaction', interactionId, field: 'notes', value, before: {} });
const heard = ({ page }: Typing, revision: number) => ({ page, revision });

describe('what was typed and is not taken yet', () => {
  it('begins under a name of its own', () => {
    assert.notEqual(startTyping().page, startTyping().page);
    assert.match(startTyping().page, /^[0-9a-f]{32}$/);
  });

  it('keeps the last text in each place, numbered in the order of typing', () => {
    const typing = note(edit(note(edit(startTyping(), 'a'), 'n'), 'ab'), 'm', 'other');
    assert.deepEqual(
      typing.typed.map(({ type, revision }) => [type, revision]),
      [
        ['interaction', 2],
        ['edit', 3],
        ['interaction', 4],
      ],
    );
    assert.equal(typedValue(typing, 'email'), 'ab');
    assert.equal(typedValue(typing, 'telephone'), undefined);
    assert.equal(typedNote(typing, '', 'notes'), 'n');
    assert.equal(typedNote(typing, 'other', 'notes'), 'm');
    assert.equal(typedNote(typing, '', 'status'), undefined);
  });

  it('keeps a choice apart from its field', () => {
    const choice = { field: 'email', theirs: '', choice: 'mine' } as const;
    const typing = typeInto(edit(startTyping(), 'a'), { type: 'choose', choice });
    assert.deepEqual(typedChoice(typing, 'email'), choice);
    assert.equal(typedValue(typing, 'email'), 'a');
  });

  it('is let go by the keystroke that the host names, place by place', () => {
    const typing = note(edit(startTyping(), 'a'), 'n');
    assert.equal(typedValue(withoutHeard(typing, heard(typing, 1)), 'email'), undefined);
    assert.equal(typedNote(withoutHeard(typing, heard(typing, 1)), '', 'notes'), 'n');
    assert.deepEqual(withoutHeard(typing, heard(typing, 2)).typed, []);
  });

  it('is let go by no other page’s keystroke, and by none at all', () => {
    const typing = edit(startTyping(), 'a');
    assert.deepEqual(withoutHeard(typing, heard(startTyping(), 9)), typing);
    assert.deepEqual(withoutHeard(typing, undefined), typing);
  });

  it('counts on above what the host has of an earlier page', () => {
    const typing = withoutHeard(edit(startTyping(), 'a'), undefined);
    const next = edit(withoutHeard(typing, heard(typing, 7)), 'ab');
    assert.equal(next.typed.at(-1)?.revision, 8);
  });

  it('tells a state that is older than one before', () => {
    const typing = withoutHeard(edit(edit(startTyping(), 'a'), 'ab'), undefined);
    const later = withoutHeard(typing, heard(typing, 2));
    assert.equal(isOutdated(later, heard(typing, 1)), true);
    assert.equal(isOutdated(later, heard(typing, 2)), false);
    assert.equal(isOutdated(later, heard(startTyping(), 1)), false);
    assert.equal(isOutdated(later, undefined), false);
  });

  it('leaves what belongs elsewhere when something is thrown away', () => {
    const typing = note(note(edit(startTyping(), 'a'), 'n'), 'm', 'other');
    assert.deepEqual(
      withoutTyped(typing).typed.map(({ type }) => type),
      ['interaction', 'interaction'],
    );
    const without = withoutTyped(typing, '');
    assert.equal(typedValue(without, 'email'), 'a');
    assert.equal(typedNote(without, '', 'notes'), undefined);
    assert.equal(typedNote(without, 'other', 'notes'), 'm');
  });

  it('holds the newest text of every place until the host has that very one', () => {
    const step = fc.oneof(
      fc.record({ place: fc.constantFrom('email', 'notes'), value: fc.string() }),
      fc.record({ heard: fc.nat({ max: 30 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let typing = startTyping();
        let last = 0;
        const newest = new Map<string, { value: string; revision: number }>();
        for (const next of steps) {
          if ('value' in next) {
            typing = next.place === 'email' ? edit(typing, next.value) : note(typing, next.value);
            newest.set(next.place, { value: next.value, revision: typing.revision });
          } else {
            // A host confirms what it has, and never less than before.
            last = Math.max(last, Math.min(next.heard, typing.revision));
            typing = withoutHeard(typing, heard(typing, last));
          }
          for (const [place, { value, revision }] of newest) {
            const shown = place === 'email' ? typedValue(typing, 'email') : typedNote(typing, '', 'notes');
            assert.equal(shown, revision > last ? value : undefined);
          }
        }
      }),
    );
  });
});
