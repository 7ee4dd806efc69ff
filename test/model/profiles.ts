/**
 * The steps that a sequence consists of. A profile omits steps that are unrelated to its subject, so that rare
 * combinations of two or three steps become frequent.
 */
import type fc from 'fast-check';
import * as events from './events';
import { mannerOf } from './manners';
import * as meetings from './meetings';
import * as notes from './notes';
import * as people from './people';
import type { Step } from './step';
import type { Manner } from './world';

export interface Profile {
  readonly name: string;
  /** Its share of all sequences. */
  readonly share: number;
  /** The greatest number of steps in one sequence. */
  readonly length: number;
  readonly manner: fc.Arbitrary<Manner>;
  /** A step that is listed twice is drawn twice as often. */
  readonly steps: readonly fc.Arbitrary<Step>[];
}

const { type, typing, save, look, revert, unrevert, resolve, chooseOne, undo, takeOther } = people;
const { begin, note, log, lookFor, cancel } = notes;
const { fault, crash, colleague, wait, freeze, clock } = events;
const { trouble, conflict } = meetings;
const put = ['PUT'] as const;
const post = ['POST', 'POST', 'PUT'] as const;
const every = ['PUT', 'POST', 'GET'] as const;
const lost = ['lostBefore', 'lostAfter', 'lostBeforeAll', 'lostAfterAll', '500after'] as const;
const odd = ['errorsAt200', 'emptyAt200', 'bare', 'noContent', 'ignored'] as const;
const slow = ['slow', 'slowAnswer'] as const;
const refused = [400, 422, 403, 404, 409, 412, 503] as const;
const lostSave = trouble('email', 'new', ...lost, ...odd);
const lostTidying = trouble('email', 'otherwise', ...lost, ...odd);
const refusedSave = trouble('last_name', 'new', ...refused, 400);
const lostLog = trouble('newNotes', 'new', ...lost, ...odd);
const lostChange = trouble('oldNotes', 'new', ...lost, ...odd, ...refused);
const email = typing(['email'], ['new', 'new', 'first', 'saved', 'otherwise']);

export const profiles: readonly Profile[] = [
  {
    name: 'typing',
    share: 2,
    length: 10,
    manner: mannerOf({ windows: [1, 2, 2, 3] }),
    steps: [
      takeOther,
      type,
      type,
      meetings.revertAndBack,
      revert,
      unrevert,
      people.typeOn,
      crash,
      events.reload,
      save,
    ],
  },
  {
    name: 'typing back',
    share: 2,
    length: 8,
    manner: mannerOf({ windows: [1], etag: ['strong'] }),
    steps: [email, email, meetings.typeBack('email'), save, look, look, events.colleagueIn('email')],
  },
  {
    name: 'saving',
    share: 3,
    length: 12,
    manner: mannerOf({ windows: [1], etag: ['strong', 'none', 'weak'] }),
    steps: [
      type,
      type,
      save,
      save,
      look,
      lostSave,
      lostTidying,
      refusedSave,
      fault(put, ...lost, ...odd, ...refused),
      colleague,
      resolve,
      chooseOne,
      undo,
      revert,
      wait,
    ],
  },
  {
    name: 'lost answers',
    share: 2,
    length: 8,
    manner: mannerOf({ windows: [1, 1, 2], tidies: [true, false] }),
    steps: [
      email,
      email,
      save,
      look,
      meetings.unknownOutcome,
      lostSave,
      lostTidying,
      events.colleagueIn('email'),
      crash,
    ],
  },
  {
    name: 'waiting',
    share: 2,
    length: 8,
    manner: mannerOf({ windows: [1, 2] }),
    steps: [
      type,
      type,
      meetings.typeWhileSaveWaits,
      save,
      save,
      fault(put, 429),
      events.endSession,
      events.signIn,
      wait,
    ],
  },
  {
    name: 'notes',
    share: 3,
    length: 10,
    manner: mannerOf({ windows: [1, 1, 2], odd: [false, true] }),
    steps: [
      note,
      note,
      log,
      log,
      lookFor,
      lookFor,
      lostLog,
      lostLog,
      lostChange,
      fault(post, ...lost, ...odd, ...refused),
      colleague,
      notes.chooseNotes,
      crash,
    ],
  },
  {
    name: 'two forms',
    share: 2,
    length: 8,
    manner: mannerOf({ windows: [2, 2, 3] }),
    steps: [takeOther, begin, begin, note, note, cancel, log, notes.noteOn],
  },
  {
    name: 'clocks',
    share: 2,
    length: 8,
    manner: mannerOf({ windows: [2], watching: ['prompt'] }),
    steps: [meetings.lookMeanwhile, note, log, log, lookFor, clock, fault(['POST'], ...slow)],
  },
  {
    name: 'both send',
    share: 1,
    length: 4,
    manner: mannerOf({ windows: [2] }),
    steps: [meetings.bothSend, lookFor, log],
  },
  {
    name: 'looking',
    share: 2,
    length: 6,
    manner: mannerOf({ windows: [1, 1, 2], odd: [false, true] }),
    steps: [trouble('newNotes', 'new', ...lost), lookFor, lookFor, log, note],
  },
  {
    name: 'choosing',
    share: 1,
    length: 7,
    manner: mannerOf({ windows: [1, 1, 2] }),
    steps: [meetings.typeOverChoice, conflict('email'), chooseOne, chooseOne, email, email, save, resolve],
  },
  {
    name: 'standing still',
    share: 2,
    length: 8,
    manner: mannerOf({ windows: [2, 2, 3], skew: [0, 0, -3_000, 3_600_000] }),
    steps: [meetings.writeBesideFrozen, type, note, log, log, freeze, freeze, wait],
  },
  {
    name: 'left behind',
    share: 2,
    length: 8,
    manner: mannerOf({ windows: [1, 1, 2, 3], skew: [0, 0, -3_000, 3_600_000] }),
    steps: [meetings.dieAhead, email, email, note, crash, crash, clock, wait],
  },
  {
    name: 'files',
    share: 2,
    length: 10,
    manner: mannerOf({ windows: [2, 2, 3] }),
    steps: [
      email,
      email,
      note,
      events.unreadable,
      events.unreadable,
      events.vanish,
      meetings.startBesideUnreadable,
      meetings.beginAnew,
      crash,
      events.reload,
      events.diskRefuses,
    ],
  },
  {
    name: 'two windows',
    share: 3,
    length: 10,
    manner: mannerOf({ windows: [2, 3], watching: ['prompt', 'late', 'never'] }),
    steps: [
      takeOther,
      meetings.saveOlder,
      type,
      email,
      email,
      save,
      look,
      revert,
      unrevert,
      resolve,
      colleague,
      crash,
    ],
  },
  {
    name: 'everything',
    share: 3,
    length: 22,
    manner: mannerOf({
      odd: [false, true],
      etag: ['strong', 'strong', 'none', 'weak'],
      skew: [0, 0, 0, -3_000],
    }),
    steps: [
      ...[
        type,
        type,
        type,
        save,
        save,
        look,
        people.typeOn,
        revert,
        unrevert,
        undo,
        resolve,
        chooseOne,
        takeOther,
      ],
      ...[begin, note, note, log, log, lookFor, cancel, notes.chooseNotes],
      ...[colleague, wait, freeze, crash, events.reload, clock],
      ...[events.unreadable, events.vanish],
      ...[events.diskRefuses, events.endSession, events.signIn, events.calm],
      ...[fault(every, ...lost, ...slow), fault(every, ...odd, ...refused, 429)],
    ],
  },
];

/** The sequences of `npm test`, which are always the same. `npm run test:model` generates others. */
export const usual = { runs: 2_000, seed: 20_260_105 } as const;

const shares = profiles.reduce((sum, { share }) => sum + share, 0);
/** Returns the number of a profile's sequences. */
export const runsOf = ({ share }: Profile, all: number) => Math.ceil((all * share) / shares);
