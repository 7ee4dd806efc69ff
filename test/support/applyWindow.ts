/** A window that applies changes to a sandbox, on a disk that it shares with the windows after it. */

import type { ContactRef } from '../../src/api/contacts';
import { ApiClient } from '../../src/api/http/client';
import { ApiError } from '../../src/api/http/errors';
import { type Clock, systemClock } from '../../src/base/clock';
import { type ApplyContext, type ApplyResult, applyPlan } from '../../src/changes/apply/apply';
import { Journal } from '../../src/changes/apply/journal';
import { JournalFiles } from '../../src/changes/apply/journalFiles';
import { type Sender, senderOf } from '../../src/changes/apply/sender';
import { verifyInterrupted, verifyJournal } from '../../src/changes/apply/verify';
import { makePlan, type PlanSource } from '../../src/changes/plan/makePlan';
import type { Plan } from '../../src/changes/plan/plan';
import { exactsFor } from '../../src/changes/undo/undoBatch';
import { isEmpty, newDraft, withEdit } from '../../src/contacts/drafts/draft';
import { DraftStore } from '../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../src/contacts/lists/contactStore';
import { displayName, textOf } from '../../src/contacts/model/contact';
import { ContactSaves } from '../../src/contacts/saving/contactSaves';
import { PatientReads } from '../../src/contacts/saving/patientReads';
import { DraftFiles } from '../../src/platform/storage/draftFiles';
import type { FieldName } from '../../src/protocol/fields';
import type { Account } from '../../src/session/session';
import type { Before, MemoryDisk } from './memoryDisk';
import { silentLog } from './silentLog';
import { SteppedClock } from './steppedClock';

const origin = 'http://api.test';

/** Real time, because work passes it and not the test. The requests of a killed window do not keep the process. */
const idleClock: Clock = {
  ...systemClock,
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms).unref();
    return { dispose: () => clearTimeout(timer) };
  },
};

export interface WindowOptions {
  readonly disk: MemoryDisk;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly before?: Before;
  readonly awaitSession?: ApplyContext['awaitSession'];
  /** The clock of several windows at a time; each has its own without it. */
  readonly clock?: SteppedClock;
  /** True if the window is notified of what others write. */
  readonly isWatched?: boolean;
}

export class ApplyWindow {
  readonly clock: SteppedClock;
  readonly drafts: DraftStore;
  readonly contacts: ContactStore;
  readonly saves: ContactSaves;
  readonly journal: Journal;
  readonly sender: Sender;
  readonly #awaitSession: ApplyContext['awaitSession'];

  constructor({
    disk,
    fetch,
    before,
    awaitSession,
    clock = new SteppedClock(),
    isWatched = false,
  }: WindowOptions) {
    this.clock = clock;
    const runtime = { clock: this.clock, log: silentLog };
    const client = new ApiClient(
      {
        baseUrl: origin,
        fetch: (input, init) => fetch(new Request(input, init)),
        authHeaders: async () => ({ 'X-Session-Token': 'token' }),
      },
      silentLog,
      idleClock,
    );
    const own = disk.window(before, isWatched);
    this.drafts = new DraftStore(new DraftFiles('/global', 'drafts', own, this.clock), runtime);
    this.contacts = new ContactStore(client, this.clock);
    this.saves = new ContactSaves(origin, this.contacts, this.drafts, runtime);
    const account = { origin } as Account;
    this.sender = senderOf({ account, contacts: this.contacts, saves: this.saves }, this.drafts);
    this.journal = new Journal(new JournalFiles('/global', own, this.clock), runtime);
    this.#awaitSession = awaitSession ?? (async () => this.sender);
  }

  draft(ref: ContactRef) {
    return this.drafts.get({ origin, ...ref });
  }

  async type(ref: ContactRef, field: FieldName, value: string): Promise<void> {
    const { resource } = this.contacts.document(ref) ?? (await this.contacts.load(ref));
    const before = this.draft(ref) ?? newDraft();
    this.drafts.set({ origin, ...ref }, withEdit(before, field, value, textOf(resource, field)));
  }

  #reads() {
    return new PatientReads({ clock: this.clock, signal: new AbortController().signal });
  }

  /** Whatever is noted as under way is found out before anything is planned. */
  verify(): Promise<boolean> {
    return this.clock.runUntil(verifyJournal(this.journal, origin, this.sender, this.#reads()));
  }

  /** Returns the outcomes that are told at the start of a window. */
  verifyAtStart() {
    return this.clock.runUntil(
      verifyInterrupted(this.journal, origin, this.sender, {
        clock: this.clock,
        signal: new AbortController().signal,
      }),
    );
  }

  async plan(refs: readonly ContactRef[]): Promise<Plan> {
    const batches = await this.journal.batches(origin);
    const sources = refs.map(async (ref): Promise<PlanSource> => {
      const draft = this.draft(ref);
      const exact = draft && exactsFor(batches, ref, draft);
      const more = { ref, draft, exact };
      if (isEmpty(draft)) return { ...more, title: '', reading: { kind: 'unread' } };
      try {
        const { resource } = await this.contacts.load(ref);
        return { ...more, title: displayName(resource), reading: { kind: 'read', resource } };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return { ...more, title: '', reading: { kind: error.reason === 'notFound' ? 'gone' : 'unread' } };
      }
    });
    return makePlan(origin, await this.clock.runUntil(Promise.all(sources)));
  }

  /** @param killed when this window is no more; undefined comes of that */
  apply(
    plan: Plan,
    signal = new AbortController().signal,
    more: Partial<ApplyContext> = {},
    killed = new Promise<void>(() => undefined),
  ): Promise<ApplyResult | undefined> {
    const context = {
      sender: this.sender,
      awaitSession: this.#awaitSession,
      journal: this.journal,
      runtime: { clock: this.clock, log: silentLog },
      source: 'text' as const,
      ...more,
    };
    const ended = killed.then(() => undefined);
    const applying = applyPlan(plan, context, signal).then(async (result) => {
      await result.finished;
      return result;
    });
    return this.clock.runUntil(Promise.race([ended, applying]));
  }

  /** Until the disk has all of it. */
  async flush(): Promise<void> {
    await this.clock.runUntil(this.drafts.flush());
  }
}
