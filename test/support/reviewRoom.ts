/** A review of drafts against a sandbox, with its commands and without a VS Code. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';
import type { ContactRef } from '../../src/api/contacts';
import { ApiClient } from '../../src/api/http/client';
import { systemClock } from '../../src/base/clock';
import { Emitter } from '../../src/base/event';
import { forgetApplied, reviewChanges, undoChanges } from '../../src/changes/review/commands';
import type { RemovedLines } from '../../src/changes/text/removedLines';
import type { Services } from '../../src/commands/common/services';
import type { AccountStores } from '../../src/contacts/accountStores';
import { newDraft, withEdit } from '../../src/contacts/drafts/draft';
import { DraftStore } from '../../src/contacts/drafts/draftStore';
import { ContactStore } from '../../src/contacts/lists/contactStore';
import { textOf } from '../../src/contacts/model/contact';
import { ContactSaves } from '../../src/contacts/saving/contactSaves';
import { commandIds } from '../../src/manifest';
import { runCommand } from '../../src/platform/runCommand';
import { DraftFiles } from '../../src/platform/storage/draftFiles';
import type { ReviewHead, ReviewMessage } from '../../src/protocol/review';
import { createSandbox } from '../../src/sandbox/sandbox';
import { MemoryDisk } from './memoryDisk';
import { silentLog, silentRuntime } from './silentLog';
import { until } from './until';
import { opened, Uri } from './vscode';

const origin = 'http://api.test';
const headers = { 'X-Session-Token': 'token' };

export class ReviewRoom {
  readonly #sandbox = createSandbox({ contacts: 25, token: 'token' });
  readonly #changed = new Emitter<AccountStores | undefined>();
  readonly drafts = new DraftStore(
    new DraftFiles('/global', 'drafts', new MemoryDisk().window(undefined, false), systemClock),
    silentRuntime,
  );
  readonly #services: Services;
  #stores: AccountStores;
  /** Answers in place of the sandbox. */
  answer: (request: Request) => Promise<Response | undefined> | Response | undefined = () => undefined;
  /** The lines that were removed from the open texts. */
  removed: RemovedLines = new Map();
  readonly globalStorage = mkdtempSync(join(tmpdir(), 'ctrl-hub-review-'));
  /** The people whose PUTs arrived. */
  readonly puts: string[] = [];

  constructor() {
    const room = this;
    this.#stores = this.#storesOf('ann');
    const data = {
      get current() {
        return room.#stores;
      },
      onDidChange: this.#changed.event,
    };
    const parts = {
      session: { ready: async () => undefined },
      data,
      drafts: { contacts: this.drafts },
      log: silentLog,
      clock: systemClock,
      extensionUri: Uri.from({ scheme: 'file', path: root }),
      globalStorage: this.globalStorage,
      texts: async () => ({
        documents: { settle: async () => true, removedLines: () => this.removed },
        mayBeWrong: async () => () => false,
      }),
    };
    this.#services = Object.assign({} as Services, parts);
  }

  #storesOf(label: string): AccountStores {
    const fetch = async (request: Request) => {
      if (request.method === 'PUT') this.puts.push(label);
      return (await this.answer(request)) ?? this.#sandbox.fetch(request);
    };
    const client = new ApiClient(
      {
        baseUrl: origin,
        fetch: (input, init) => fetch(new Request(input, init)),
        authHeaders: async () => headers,
      },
      silentLog,
    );
    const contacts = new ContactStore(client);
    const parts = {
      account: { kind: 'serviceAccount', origin, baseUrl: origin, label, client },
      organisations: { ensure: async () => undefined, name: () => 'Moorland Water' },
      contacts,
      saves: new ContactSaves(origin, contacts, this.drafts, silentRuntime),
    };
    return Object.assign({} as AccountStores, parts);
  }

  sandboxFetch = (request: Request) => this.#sandbox.fetch(request);

  async refs(count: number): Promise<readonly ContactRef[]> {
    await this.drafts.ready();
    const read = async (path: string) => {
      const request = new Request(`${origin}${path}`, { headers });
      const { data }: { data: readonly { readonly id: string }[] } = await (
        await this.#sandbox.fetch(request)
      ).json();
      return data.map(({ id }) => id);
    };
    const [organisationId = ''] = await read('/v3/orgs');
    const ids = await read(`/v3/orgs/${organisationId}/customers/contacts?limit=${count}`);
    return ids.map((contactId) => ({ organisationId, contactId }));
  }

  async type(refs: readonly ContactRef[], value: string): Promise<void> {
    for (const ref of refs) {
      const { resource } = await this.#stores.contacts.load(ref);
      const before = textOf(resource, 'first_name');
      this.drafts.set({ origin, ...ref }, withEdit(newDraft(), 'first_name', value, before));
    }
  }

  signIn(label: string): void {
    this.#stores = this.#storesOf(label);
    this.#changed.fire(this.#stores);
  }

  /** Opens the review and waits for its plan. */
  async review(count: number): Promise<void> {
    await runCommand(commandIds.reviewChanges, silentLog, () => reviewChanges(this.#services, undefined, []));
    await until('the plan', () => new RegExp(`\\b${count} contacts?`).test(this.head?.apply?.label ?? ''));
  }

  /** What an assistant does after it has made drafts. */
  reviewForAssistant(): Promise<unknown> {
    return runCommand(commandIds.reviewChanges, silentLog, () =>
      reviewChanges(this.#services, 'keepFocus', []),
    );
  }

  setIncluded(rows: readonly number[], isIncluded: boolean): void {
    const last = this.#last;
    const revision = last?.type === 'review' ? last.state.revision : last?.revision;
    opened.panels.at(-1)?.say({ type: 'setIncluded', revision, rows, isIncluded });
  }

  forget(): Promise<boolean> {
    return forgetApplied(this.#services);
  }

  undo(): Promise<unknown> {
    return runCommand(commandIds.undoChanges, silentLog, () => undoChanges(this.#services, undefined, []));
  }

  /** The last message to the page. */
  get #last(): ReviewMessage | undefined {
    return opened.panels.at(-1)?.posted.at(-1) as ReviewMessage | undefined;
  }

  get head(): ReviewHead | undefined {
    const last = this.#last;
    return last?.type === 'review' ? last.state.head : last?.head;
  }

  /** Presses the button of the page. */
  apply(): void {
    const last = this.#last;
    const revision = last?.type === 'review' ? last.state.revision : last?.revision;
    opened.panels.at(-1)?.say({ type: 'apply', revision });
  }

  says = (words: RegExp) => until(String(words), () => words.test(this.head?.status ?? ''));

  /** Waits until an Apply is over. */
  hasApplied = (words: RegExp) =>
    until(String(words), () => {
      const { status = '', canReviewAgain = false } = this.head ?? {};
      return canReviewAgain && words.test(status);
    });

  close(): void {
    opened.panels.at(-1)?.dispose();
    opened.lists.length = 0;
  }
}
