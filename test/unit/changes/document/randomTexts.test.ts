/**
 * Plays random sequences of what people do with texts of contacts in two windows, on the real stores and in virtual time.
 * `TEXTS_SEED=7` repeats one sequence and prints its steps; `TEXTS_RUNS=1000` plays more, from `TEXTS_FROM`.
 */
import assert from 'node:assert/strict';
import { escapeValue } from '../../../../src/changes/text/escape';
import { fieldNames } from '../../../../src/contacts/model/contact';
import type { TextEditor } from '../../../support/texts/textEditors';
import { TextWindow } from '../../../support/texts/textWindow';
import { checkOwed, World } from '../../../support/texts/textWorld';

const runs = Number(process.env.TEXTS_RUNS ?? 20);
const only = process.env.TEXTS_SEED;
const steps = 30;

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
function randomOf(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    below,
    is: (chance: number) => next() < chance,
    one: <T>(all: readonly T[]): T => all[below(all.length)] ?? assert.fail('nothing to choose from'),
  };
}
type Random = ReturnType<typeof randomOf>;

/** Values that look like grammar, or that editors and parsers change easily. */
const shapes: readonly ((n: number) => string)[] = [
  (n) => `v${n}@example.org`,
  (n) => `v${n}`,
  (n) => `email: v${n}@x`,
  (n) => `# v${n} @`,
  (n) => `[v${n}@]`,
  (n) => `--- v${n}@`,
  (n) => `<<<<<<< v${n}@`,
  (n) => `"v${n}@" 'x'`,
  (n) => `C:\\users\\v${n}@`,
  (n) => `\\u{A0}v${n}@\\u{200B}`,
  (n) => `v${n}@\u00A0`,
  (n) => `v${n}\u200Bx@`,
  (n) => `v${n}\t@x`,
  (n) => `v${n}@${'x'.repeat(5_000)}`,
  (n) => `\u202Ev${n}@ é ŵ 👩‍👩‍👧`,
  () => '',
];

const idLines = (lines: readonly string[]) => lines.flatMap((line, n) => (line.startsWith('[') ? [n] : []));
const fieldLines = (lines: readonly string[]) => lines.flatMap((line, n) => (/^\w+:/.test(line) ? [n] : []));
const blockAt = (lines: readonly string[], at: number) => {
  const next = idLines(lines).find((n) => n > at) ?? lines.length;
  return lines.slice(at, next);
};
const without = (lines: readonly string[], at: number, count: number, ...put: readonly string[]) => [
  ...lines.slice(0, at),
  ...put,
  ...lines.slice(at + count),
];

/** Damages that type no value. */
const damages: Readonly<Record<string, (lines: readonly string[], random: Random) => readonly string[]>> = {
  'cut an id': (lines, { one }) => {
    const at = one(idLines(lines));
    return without(lines, at, 1, (lines[at] ?? '').replace(/^\[../, '['));
  },
  'double a block': (lines, { one }) => {
    const block = blockAt(lines, one(idLines(lines)));
    return [...lines, ...block];
  },
  'delete a block': (lines, { one }) => {
    const at = one(idLines(lines));
    return without(lines, at, blockAt(lines, at).length);
  },
  'move a block': (lines, { one }) => {
    const at = one(idLines(lines));
    const block = blockAt(lines, at);
    return [...without(lines, at, block.length), '', ...block];
  },
  'exchange two ids': (lines, { one }) => {
    const [a, b] = [one(idLines(lines)), one(idLines(lines))];
    const id = (n: number) => /^\[[^\]]*\]/.exec(lines[n] ?? '')?.[0] ?? '';
    return lines.map((line, n) =>
      n === a ? line.replace(/^\[[^\]]*\]/, id(b)) : n === b ? line.replace(/^\[[^\]]*\]/, id(a)) : line,
    );
  },
  'delete an id': (lines, { one }) => without(lines, one(idLines(lines)), 1),
  'comment an id out': (lines, { one }) => {
    const at = one(idLines(lines));
    return without(lines, at, 1, `# ${lines[at]}`);
  },
  'delete a line': (lines, { one }) => without(lines, one(fieldLines(lines)), 1),
  'double a line': (lines, { one }) => {
    const at = one(fieldLines(lines));
    return without(lines, at, 1, lines[at] ?? '', lines[at] ?? '');
  },
  'swap two lines of a block': (lines, { one }) => {
    const at = one(fieldLines(lines));
    return fieldLines(lines).includes(at + 1)
      ? without(lines, at, 2, lines[at + 1] ?? '', lines[at] ?? '')
      : lines;
  },
  'join a line with the next': (lines, { one }) => {
    const at = one(fieldLines(lines));
    return fieldLines(lines).includes(at + 1) ? without(lines, at, 2, `${lines[at]}${lines[at + 1]}`) : lines;
  },
  'put a merge in': (lines, { one }) => {
    const at = one(fieldLines(lines));
    const line = lines[at] ?? '';
    return without(lines, at, 1, '<<<<<<< mine', line, '=======', line, '>>>>>>> theirs');
  },
  'indent a line': (lines, { one }) => {
    const at = one(fieldLines(lines));
    return without(lines, at, 1, `\t${lines[at]} \t`);
  },
  'break a line': (lines, { one }) => {
    const at = one(fieldLines(lines));
    const line = lines[at] ?? '';
    const half = Math.floor(line.length / 2);
    return without(lines, at, 1, line.slice(0, half), line.slice(half));
  },
  'put an empty line in': (lines, { one }) => {
    const at = one(fieldLines(lines));
    return without(lines, at, 0, '');
  },
  'put nonsense in': (lines, { one }) => without(lines, one(fieldLines(lines)), 0, 'nonsense'),
  'hide a character in an id': (lines, { one }) => {
    const at = one(idLines(lines));
    return without(lines, at, 1, (lines[at] ?? '').replace('[', '[\u200B'));
  },
};

/** Damages of the whole text. */
const conversions: Readonly<Record<string, (text: string) => string>> = {
  CRLF: (text) => text.replace(/\r?\n/g, '\r\n'),
  CR: (text) => text.replace(/\r?\n/g, '\r'),
  LF: (text) => text.replace(/\r\n?/g, '\n'),
  'a BOM': (text) => `\uFEFF${text}`,
  'read as Windows-1252': (text) => Buffer.from(text).toString('latin1'),
};

/** One run. */
class Play {
  readonly #random: Random;
  readonly #world: World;
  readonly #windows: readonly [TextWindow, TextWindow];
  readonly #isAutoSaved: boolean;
  readonly log: string[] = [];
  #count = 0;

  constructor(random: Random, world: World) {
    this.#random = random;
    this.#world = world;
    this.#windows = [new TextWindow(world, 'A'), new TextWindow(world, 'B')];
    this.#isAutoSaved = random.is(0.3);
  }

  #delay = () => (this.#random.is(0.2) ? this.#random.below(120) : 0);

  async begin(): Promise<void> {
    for (const window of this.#windows) {
      const { drafts } = window.start(this.#delay);
      await window.run(() => drafts.ready());
    }
    const [first, second] = this.#windows;
    await first.run(() => first.openText());
    if (this.#random.is(0.8)) await second.run(() => this.#follow(second));
  }

  /** VS Code shows the text of the other window, as after a reload. */
  async #follow(window: TextWindow): Promise<void> {
    const ids = await this.#ids();
    const [id] = ids;
    if (id === undefined) return;
    await window.show(id).catch(() => undefined);
  }

  async #ids(): Promise<readonly string[]> {
    const names = [...this.#world.disk.files.keys()];
    return names.flatMap((name) => /\/texts\/([0-9a-f]{32})\.json$/.exec(name)?.[1] ?? []);
  }

  async step(): Promise<void> {
    const { one, is, below } = this.#random;
    const window = one(this.#windows);
    const editor = window.editors.all.length > 0 ? one(window.editors.all) : undefined;
    const [what, act] = this.#choose(window, editor);
    this.log.push(`${window.name}: ${what}`);
    window.editors.delay = is(0.5) ? below(200) : 0;
    await window.editors.inside(act);
    await this.#world.pass(one([0, 0, 10, 40, 200, 700, 2_000]));
    this.#world.check();
  }

  #choose(window: TextWindow, editor: TextEditor | undefined): readonly [string, () => unknown] {
    const { one, is, below } = this.#random;
    const ref = one(this.#world.refs);
    const field = one(fieldNames);
    const where = `${ref.contactId.slice(0, 4)} ${field}`;
    const kind = below(100);
    if (editor && kind < 45) {
      if (kind < 24) return this.#type(window, editor);
      if (kind < 31) {
        const [what, damage] = one(Object.entries(damages));
        return [what, () => this.#damage(window, editor, damage)];
      }
      if (kind < 34) {
        const [what, convert] = one(Object.entries(conversions));
        return [what, () => window.edit(editor, convert(editor.text))];
      }
      if (kind < 40) return ['undo', () => editor.canUndo && window.step(editor, -1)];
      if (kind < 42) return ['redo', () => editor.canRedo && window.step(editor, 1)];
      return ['save', () => window.run(() => window.save(editor))];
    }
    if (editor && kind < 52) {
      // The save goes on while other things happen.
      return ['save, and go on', () => void window.save(editor)];
    }
    if (kind < 58) {
      const value = this.#value();
      return [`panel ${where} ${value}`, () => window.typeInPanel(ref, field, value)];
    }
    if (kind < 66) {
      const value = `c${++this.#count}@example.org`;
      return [`colleague ${where} ${value}`, () => this.#world.colleague(ref, field, value)];
    }
    if (kind < 74) return [`read ${where}`, () => window.run(() => window.read(ref))];
    if (kind < 78) return [`discard ${where}`, () => window.discard(ref)];
    if (kind < 81) return [`save in panel ${where}`, () => window.run(() => window.saveInPanel(ref))];
    if (kind < 84) return ['apply', () => window.run(() => window.apply())];
    if (editor && kind < 88) return ['close', () => this.#close(window, editor)];
    if (kind < 92)
      return ['open', () => window.run(() => (is(0.5) ? this.#follow(window) : window.openText()))];
    if (kind < 95) return ['reload', () => this.#restart(window, false)];
    if (kind < 97) return ['crash', () => this.#restart(window, true)];
    return ['wait', () => this.#world.settle()];
  }

  #value(): string {
    return this.#random.one(shapes)(++this.#count);
  }

  #type(window: TextWindow, editor: TextEditor): readonly [string, () => void] {
    const { one, is } = this.#random;
    const parts = editor.text.split(/(\r\n?|\n)/);
    const places = fieldLines(parts);
    if (places.length === 0) return ['type nothing', () => undefined];
    const at = one(places);
    const value = this.#value();
    const [name = ''] = /^\w+:/.exec(parts[at] ?? '') ?? [];
    parts[at] = `${name} ${is(0.5) ? value : escapeValue(value)}`;
    const id = parts.slice(0, at).findLast((part) => part.startsWith('[')) ?? '';
    return [
      `type ${id.slice(0, 5)} ${name} ${value.slice(0, 40)}`,
      () => {
        window.edit(editor, parts.join(''));
        if (this.#isAutoSaved) window.editors.clock.after(1_000, () => void window.save(editor));
      },
    ];
  }

  #damage(window: TextWindow, editor: TextEditor, damage: (typeof damages)[string]): void {
    const end = /\r\n?|\n/.exec(editor.text)?.[0] ?? '\n';
    const lines = editor.text.split(/\r\n?|\n/);
    if (idLines(lines).length === 0 || fieldLines(lines).length === 0) return;
    window.damage(editor, damage(lines, this.#random).join(end));
  }

  async #close(window: TextWindow, editor: TextEditor): Promise<void> {
    // Somebody may choose "Don't Save".
    if (editor.isDirty && this.#random.is(0.7)) await window.run(() => window.save(editor));
    window.close(editor);
  }

  async #restart(window: TextWindow, isCrash: boolean): Promise<void> {
    // What was typed in a panel just before is not on the disk yet.
    if (isCrash) await this.#world.settle();
    await window.restart(isCrash, this.#delay);
  }

  async end(): Promise<void> {
    await this.#world.settle();
    for (const window of this.#windows) window.checkScreens();
    await checkOwed(this.#world);
    this.#world.check();
  }
}

describe('texts of the same contacts in two windows', () => {
  it('never make a draft that nobody typed, lose one, send one, or show another', async () => {
    const seeds =
      only === undefined
        ? Array.from({ length: runs }, (_, n) => n + Number(process.env.TEXTS_FROM ?? 1))
        : [Number(only)];
    const failed: string[] = [];
    for (const seed of seeds) {
      const play = new Play(randomOf(seed), await World.make(4));
      try {
        await play.begin();
        for (let n = 0; n < steps; n++) await play.step();
        await play.end();
      } catch (error) {
        if (only !== undefined) console.log(play.log.join('\n'));
        failed.push(
          `TEXTS_SEED=${seed}: ${error instanceof Error ? (only ? error.stack : error.message) : error}`,
        );
        if (runs <= 20) break;
      }
    }
    assert.deepEqual(failed, []);
  });
});
