/**
 * Which steps a sequence is made of. A profile leaves out what has nothing to do with its subject, so that rare
 * meetings of two or three steps become frequent.
 */
import fc from 'fast-check';
import * as events from './events';
import * as notes from './notes';
import * as people from './people';
import type { Step } from './step';
import type { Manner } from './world';

export interface Profile {
  readonly name: string;
  readonly steps: readonly fc.Arbitrary<Step>[];
  readonly manner: fc.Arbitrary<Manner>;
  /** The most steps of one sequence. */
  readonly length: number;
}

interface Drawn {
  readonly windows?: fc.Arbitrary<1 | 2 | 3>;
  readonly watching?: fc.Arbitrary<'prompt' | 'late' | 'never'>;
  readonly skew?: fc.Arbitrary<number>;
  readonly etag?: fc.Arbitrary<'strong' | 'weak' | 'none'>;
  readonly tidies?: fc.Arbitrary<boolean>;
  readonly odd?: fc.Arbitrary<boolean>;
}

const prompt = fc.constantFrom<'prompt' | 'late' | 'never'>('prompt', 'prompt', 'prompt', 'late', 'never');

function mannerOf({
  windows = fc.constantFrom<1 | 2 | 3>(1, 2, 2, 3),
  watching = prompt,
  skew = fc.constant(0),
  etag = fc.constantFrom('strong', 'strong', 'none'),
  tidies = fc.boolean(),
  odd = fc.constant(false),
}: Drawn): fc.Arbitrary<Manner> {
  return fc.record({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    windows,
    labels: fc.boolean(),
    disk: fc.record({ watching, skew }),
    server: fc.record({ etag, tidies, sharesIds: odd, includes: fc.boolean(), namesGone: odd }),
  });
}

const { type, save, look } = people;
const { begin, note, log, lookFor, cancel } = notes;
const two = fc.constant<1 | 2 | 3>(2);
const one = fc.constant<1 | 2 | 3>(1);
const anyFault = events.fault(
  'lostBefore',
  'lostAfter',
  'slow',
  'slowAnswer',
  'errorsAt200',
  'emptyAt200',
  'bare',
  'noContent',
  'ignored',
  '500after',
  400,
  403,
  404,
  409,
  412,
  422,
  429,
  503,
);

export const profiles: readonly Profile[] = [
  {
    name: 'typing',
    length: 10,
    manner: mannerOf({ windows: fc.constantFrom(1, 2, 2, 3) }),
    steps: [
      type,
      type,
      type,
      people.revert,
      people.unrevert,
      people.typeOn,
      events.crash,
      events.reload,
      save,
    ],
  },
  {
    name: 'saving',
    length: 14,
    manner: mannerOf({ windows: one, etag: fc.constantFrom('strong', 'none', 'weak') }),
    steps: [
      type,
      type,
      save,
      save,
      look,
      anyFault,
      anyFault,
      events.colleague,
      people.resolve,
      people.chooseOne,
      people.undo,
      people.revert,
      events.wait,
    ],
  },
  {
    name: 'lost answers',
    length: 10,
    manner: mannerOf({ windows: fc.constantFrom(1, 1, 2), tidies: fc.constantFrom(true, true, false) }),
    steps: [
      type,
      type,
      save,
      save,
      look,
      events.fault('lostBefore', 'lostAfter', 'bare', 'noContent', 'ignored', '500after'),
      events.colleague,
      events.crash,
    ],
  },
  {
    name: 'waiting',
    length: 10,
    manner: mannerOf({ windows: fc.constantFrom(1, 2) }),
    steps: [type, type, save, save, events.fault(429), events.endSession, events.signIn, events.wait],
  },
  {
    name: 'notes',
    length: 12,
    manner: mannerOf({ odd: fc.boolean() }),
    steps: [
      begin,
      note,
      note,
      log,
      log,
      lookFor,
      lookFor,
      cancel,
      notes.noteOn,
      notes.chooseNotes,
      events.fault(
        'lostBefore',
        'lostAfter',
        'slow',
        'errorsAt200',
        'emptyAt200',
        'bare',
        'noContent',
        422,
        400,
      ),
      anyFault,
      events.colleague,
      events.crash,
    ],
  },
  {
    name: 'two forms',
    length: 8,
    manner: mannerOf({ windows: two }),
    steps: [begin, begin, note, note, cancel, log],
  },
  {
    name: 'clocks',
    length: 10,
    manner: mannerOf({ windows: two, watching: fc.constant('prompt') }),
    steps: [
      note,
      note,
      log,
      log,
      lookFor,
      lookFor,
      events.clock,
      events.clock,
      events.fault('slow', 'slowAnswer'),
    ],
  },
  {
    name: 'locks',
    length: 10,
    manner: mannerOf({
      windows: fc.constantFrom(1, 2, 2, 3),
      skew: fc.constantFrom(0, 0, -3_000, 3_600_000),
    }),
    steps: [
      type,
      type,
      type,
      events.freeze,
      events.freeze,
      events.crash,
      events.clock,
      events.wait,
      note,
      log,
    ],
  },
  {
    name: 'files',
    length: 10,
    manner: mannerOf({ windows: fc.constantFrom(2, 2, 3) }),
    steps: [
      type,
      type,
      note,
      events.unreadable,
      events.unreadable,
      events.vanish,
      events.crash,
      events.reload,
      events.diskRefuses,
    ],
  },
  {
    name: 'two windows',
    length: 12,
    manner: mannerOf({
      windows: fc.constantFrom(2, 3),
      watching: fc.constantFrom('prompt', 'late', 'never'),
    }),
    steps: [
      type,
      type,
      type,
      save,
      look,
      people.revert,
      people.unrevert,
      people.resolve,
      events.colleague,
      events.crash,
    ],
  },
  {
    name: 'everything',
    length: 30,
    manner: mannerOf({ odd: fc.boolean(), etag: fc.constantFrom('strong', 'strong', 'none', 'weak') }),
    steps: [
      type,
      type,
      type,
      save,
      save,
      look,
      people.typeOn,
      people.revert,
      people.unrevert,
      people.undo,
      people.resolve,
      people.chooseOne,
      begin,
      note,
      note,
      log,
      lookFor,
      cancel,
      notes.chooseNotes,
      events.colleague,
      events.wait,
      events.freeze,
      events.crash,
      events.reload,
      events.clock,
      events.vanish,
      events.unreadable,
      events.diskRefuses,
      events.endSession,
      events.signIn,
      events.calm,
      anyFault,
      anyFault,
    ],
  },
];
