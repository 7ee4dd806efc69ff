/**
 * The single review of a window. Reads the contacts that have drafts, shows the changes, and applies exactly those.
 * Nothing is sent until the user presses the button; then Apply sends the plan that the page showed.
 */
import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import { type Disposable, DisposableStore } from '../../base/event';
import { logUnexpected } from '../../base/log';
import type { Services } from '../../commands/common/services';
import { type AccountStores, isSamePerson } from '../../contacts/accountStores';
import { keyOf } from '../../contacts/model/contact';
import { PatientReads } from '../../contacts/saving/patientReads';
import { commandIds } from '../../manifest';
import { withCancellableProgress } from '../../platform/dialogs/progress';
import { runCommand } from '../../platform/runCommand';
import { formatNumber } from '../../platform/text/plural';
import { keyAt } from '../../protocol/contactKey';
import type { ReviewIntent } from '../../protocol/review';
import { type ApplyProgress, type ApplyResult, applyPlan } from '../apply/apply';
import type { Journal } from '../apply/journal';
import { type Batch, isUnknown } from '../apply/journalRecord';
import { type Sender, senderOf } from '../apply/sender';
import { verifyJournal } from '../apply/verify';
import type { Plan } from '../plan/plan';
import { awaitSession } from './awaitSession';
import { confirmApply } from './confirmApply';
import { type FieldsInScope, fieldsInScope, isOutOfScope } from './fieldsInScope';
import { PlanDocuments } from './planDocuments';
import { byTitle, planSources, readContacts } from './readContacts';
import { ReviewModel } from './reviewModel';
import { ReviewPage } from './reviewPage';
import type { ReviewScope } from './reviewScope';
import { skippedRef } from './reviewState';
import { applyLabel, outcomesText, resultText } from './reviewTexts';
import { joined, saveResult } from './saveResult';

/** The delay in milliseconds before changed drafts are compared with the review. */
const delay = 300;

export class Review implements Disposable {
  readonly #services: Services;
  readonly #journal: Journal;
  readonly #page: ReviewPage;
  readonly #documents = new PlanDocuments();
  readonly #subscriptions = new DisposableStore();
  readonly #closed = new AbortController();
  readonly #batches: Batch[] = [];
  #data: AccountStores;
  /** The stores of the person who reviewed the plan. Nobody else may apply it. */
  #reviewer: AccountStores;
  #scope: ReviewScope = { source: 'drafts' };
  #model: ReviewModel | undefined;
  /** The keys of the contacts that the user excluded from the last plan, which a new reading does not include again. */
  #excluded: ReadonlySet<string> = new Set();
  #reading: AbortController | undefined;
  #applying: AbortController | undefined;
  #checking: Disposable | undefined;
  /** Resolves when the last Apply allows the next one. */
  #finished = Promise.resolve();

  constructor(
    services: Services,
    data: AccountStores,
    journal: Journal,
    closed: () => void,
    preserveFocus: boolean,
    restored?: vscode.WebviewPanel,
  ) {
    this.#services = services;
    this.#data = data;
    this.#reviewer = data;
    this.#journal = journal;
    this.#page = new ReviewPage(services, (intent) => this.#receive(intent), preserveFocus, restored);
    this.#subscriptions.add(
      this.#page,
      this.#documents,
      services.data.onDidChange((now) => this.#follow(now)),
      services.drafts.contacts.onDidChange(() => this.#checkDraftsSoon()),
    );
    this.#page.onDidClose(() => {
      this.dispose();
      closed();
    });
  }

  dispose(): void {
    this.#closed.abort();
    this.#applying?.abort();
    this.#reading?.abort();
    this.#checking?.dispose();
    this.#subscriptions.dispose();
  }

  get isApplying(): boolean {
    return this.#applying !== undefined;
  }

  /** True if the page shows chosen contacts that can be applied, such as those of a file or of an Undo. */
  get isLimited(): boolean {
    return this.#scope.refs !== undefined && this.#model?.plan.items.length !== 0;
  }

  reveal(preserveFocus?: boolean): void {
    this.#page.reveal(preserveFocus);
  }

  /**
   * Invalidates the previous plan and does work that `read` follows.
   * @param work receives the signal of the page's Cancel
   */
  async prepare<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#reads(async (signal) => {
      const result = await work(signal);
      signal.throwIfAborted();
      this.#excluded = new Set();
      return result;
    });
  }

  /** Reads all contacts again and shows the plan. @throws ApiError */
  async read(scope: ReviewScope): Promise<void> {
    this.#scope = scope;
    this.#batches.length = 0;
    const title = vscode.l10n.t('Review Changes');
    await this.#reads(async (signal) =>
      withCancellableProgress(title, (cancelled, say) =>
        this.#read(AbortSignal.any([signal, cancelled]), say),
      ),
    );
  }

  /** Shows that contacts are being read. If `work` fails, the page offers to read them again. */
  async #reads<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.#excluded = this.#model?.excluded ?? this.#excluded;
    this.#model = undefined;
    this.#page.showReading();
    try {
      return await work(reading.signal);
    } catch (error) {
      if (!this.#closed.signal.aborted && this.#reading === reading) this.#page.showFailed();
      throw error;
    }
  }

  async #read(signal: AbortSignal, say: (message: string) => void): Promise<void> {
    const data = this.#data;
    const { origin } = data.account;
    const { clock, drafts } = this.#services;
    await Promise.all([data.organisations.ensure(), this.#finished]);
    const reads = new PatientReads({ clock, signal });
    const isKnown = await verifyJournal(this.#journal, origin, this.#sender(data), reads);
    const batches = await this.#journal.batches(origin);
    const refs = this.#scope.refs ?? drafts.contacts.edited(origin).map(({ key }) => key);
    const readings = await readContacts(data, refs, reads, (count) =>
      say(vscode.l10n.t('{0} of {1} read', formatNumber(count), formatNumber(refs.length))),
    );
    const mayBeWrong = await (await this.#services.texts()).mayBeWrong(origin);
    signal.throwIfAborted();
    const inScope = await this.#fieldsInScope();
    const sources = planSources(data, drafts.contacts, refs, readings, batches, inScope);
    const ordered = this.#scope.refs ? sources : byTitle(sources);
    this.#model = ReviewModel.of(origin, ordered, this.#scope, this.#excluded, mayBeWrong);
    const unknown = isKnown ? 0 : batches.filter(isUnknown).length;
    this.#reviewer = data;
    this.#page.showPlan(this.#model, data.organisations, unknown > 0);
    this.#checkReviewer();
  }

  async #fieldsInScope(): Promise<FieldsInScope> {
    const { documents } = await this.#services.texts();
    return fieldsInScope(this.#scope, documents.removedLines(this.#data.account.origin));
  }

  /** Applies the plan on the page. */
  async apply(): Promise<void> {
    const model = this.#model;
    const plan = model?.plan;
    const mayApply = () => {
      this.#checkDrafts();
      return this.#model === model && !this.#applying && !this.#page.isOutdated;
    };
    if (plan === undefined || plan.items.length === 0 || this.#applying) return;
    // Saving the open texts may change drafts that the user has not reviewed.
    if (!(await (await this.#services.texts()).documents.settle()) || !mayApply()) return;
    // A block that the user removed since is to be left alone, and its draft is the same.
    const editsOf = (ref: ContactRef) => this.#services.drafts.contacts.editsOf(plan.origin, ref);
    if (isOutOfScope(plan.items, await this.#fieldsInScope(), editsOf)) this.#page.showOutdated();
    if (!mayApply()) return;
    // The plan may have changed while the dialog was open.
    if (!(await confirmApply(plan)) || !mayApply()) return;
    const applying = new AbortController();
    // A person who signs in from now on has not reviewed the plan.
    const stores = this.#data;
    this.#applying = applying;
    this.#page.beginApply(plan);
    await this.#finished;
    let result: ApplyResult | undefined;
    try {
      result = await withCancellableProgress(applyLabel(plan.items.length), async (cancelled, say) => {
        cancelled.addEventListener('abort', () => applying.abort());
        return applyPlan(plan, this.#context(stores, say), applying.signal);
      });
    } finally {
      this.#applying = undefined;
      if (!this.#closed.signal.aborted) this.#end(plan, result);
    }
    if (result && (this.#closed.signal.aborted || !this.#page.isVisible)) this.#tell(result);
  }

  #context(reviewer: AccountStores, say: (message: string) => void) {
    const { clock, drafts, log, data } = this.#services;
    let stores = reviewer;
    return {
      sender: this.#sender(stores),
      awaitSession: async (over: AbortSignal) => {
        const next = await awaitSession(data, stores, over);
        if (next === undefined) return undefined;
        stores = next;
        this.#reviewer = next;
        return senderOf(next, drafts.contacts);
      },
      journal: this.#journal,
      runtime: { clock, log },
      source: this.#scope.source,
      undoes: this.#scope.undoes?.id,
      onProgress: (progress: ApplyProgress) => {
        say(outcomesText(progress.outcomes));
        if (!this.#closed.signal.aborted) this.#page.showProgress(progress);
      },
    };
  }

  #sender = (data: AccountStores): Sender => senderOf(data, this.#services.drafts.contacts);

  #end(plan: Plan, result: ApplyResult | undefined): void {
    const model = this.#model;
    if (model === undefined) return;
    if (result) this.#finished = result.finished;
    if (result?.batch) this.#batches.push(result.batch);
    const { account, contacts } = this.#data;
    const { drafts } = this.#services;
    this.#model = model.after(plan, result?.batch ? result.outcomes : [], (ref) => ({
      draft: drafts.contacts.get(keyAt(account.origin, ref)),
      resource: contacts.document(ref)?.resource,
    }));
    this.#checkReviewer();
    this.#page.showResult(this.#model, this.#data.organisations, result, this.#batches.length > 0);
  }

  #tell({ outcomes, stopped }: ApplyResult): void {
    const { signal } = this.#closed;
    const show = vscode.l10n.t('Show');
    const buttons = signal.aborted ? [] : [show];
    void vscode.window.showInformationMessage(resultText(outcomes, stopped), ...buttons).then((chosen) => {
      if (chosen === show && !signal.aborted) this.reveal();
    });
  }

  /** Keeps the page for another account, but does not let that account apply changes that it has not reviewed. */
  #follow(now: AccountStores | undefined): void {
    if (now?.account.origin !== this.#data.account.origin) {
      this.dispose();
      return;
    }
    this.#data = now;
    if (isSamePerson(this.#reviewer.account, now.account)) this.#reviewer = now;
    // An Apply that waits for a session may ask who has signed in.
    else if (!this.#applying) this.#checkReviewer();
  }

  #checkReviewer(): void {
    if (this.#reviewer !== this.#data) this.#page.showOutdated();
  }

  #checkDraftsSoon(): void {
    this.#checking?.dispose();
    this.#checking = this.#services.clock.after(delay, () => this.#checkDrafts());
  }

  #checkDrafts(): void {
    const { refs } = this.#scope;
    if (this.#model === undefined || this.#applying) return;
    const keys = refs && new Set(refs.map(keyOf));
    const drafts = this.#services.drafts.contacts.edited(this.#data.account.origin);
    const inScope = drafts.filter(({ key }) => keys === undefined || keys.has(keyOf(key)));
    if (this.#model.isOutdated(inScope)) this.#page.showOutdated();
  }

  #receive(intent: ReviewIntent): void {
    const { log } = this.#services;
    const model = this.#model;
    const work = (id: (typeof commandIds)[keyof typeof commandIds], run: () => Promise<unknown>) =>
      void runCommand(id, log, run).catch((error: unknown) => logUnexpected(log, id, error));
    switch (intent.type) {
      case 'setIncluded':
        if (model === undefined || this.#applying || this.#page.isOutdated) break;
        this.#model = model.setIncluded(intent.rows, intent.isIncluded);
        this.#page.showIncluded(this.#model, this.#data.organisations);
        break;
      case 'apply':
        work(commandIds.applyChanges, () => this.apply());
        break;
      case 'cancel':
        this.#applying?.abort();
        this.#reading?.abort();
        break;
      case 'compare':
        if (model) work(commandIds.reviewChanges, () => this.#documents.show(model.plan));
        break;
      case 'saveResult': {
        const batch = joined(this.#batches);
        if (batch) work(commandIds.reviewChanges, () => saveResult(batch, log));
        break;
      }
      case 'reviewAgain':
        if (!this.#applying) work(commandIds.reviewChanges, () => this.read(this.#scope));
        break;
      case 'discard':
        if (!this.#applying) work(commandIds.reviewChanges, () => this.#discard());
        break;
      case 'signIn':
        void vscode.commands.executeCommand(commandIds.signIn);
        break;
      case 'open':
        this.#open(model?.rows[intent.row]?.item.ref);
        break;
      case 'openSkipped':
        this.#open(model && skippedRef(model, intent.group, intent.at));
        break;
      case 'ready':
        break;
    }
  }

  async #discard(): Promise<void> {
    const { file, ...scope } = this.#scope;
    if (file === undefined) return;
    file.discard();
    await this.read({ ...scope, file: { ...file, isDiscarded: true } });
  }

  #open(ref: ContactRef | undefined): void {
    if (ref) this.#services.panels.open(ref);
  }
}
