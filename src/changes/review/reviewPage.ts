/** The page of a review. Posts the full state for each new plan, and only changes after that. */
import * as vscode from 'vscode';
import { type Disposable, Emitter } from '../../base/event';
import type { Services } from '../../commands/common/services';
import type { AccountStores } from '../../contacts/accountStores';
import { formatNumber } from '../../platform/text/plural';
import type { ReviewHead, ReviewIntent, ReviewMark, ReviewRow, ReviewSkipped } from '../../protocol/review';
import type { ApplyProgress, ApplyResult } from '../apply/apply';
import type { ItemOutcome } from '../apply/outcome';
import type { Plan } from '../plan/plan';
import type { ReviewModel } from './reviewModel';
import { emptyHead, headOf, marksOf, rowsOf, skippedOf } from './reviewState';
import { outcomesText, outdatedText, resultText, reviewStrings } from './reviewTexts';
import { ReviewWindow } from './reviewWindow';

/** The interval between progress updates in milliseconds. */
const beat = 100;

type Organisations = AccountStores['organisations'];

export class ReviewPage implements Disposable {
  readonly #window: ReviewWindow;
  readonly #clock: Services['clock'];
  readonly #closed = new Emitter<void>();
  readonly onDidClose = this.#closed.event;
  /** The revision of the page, including the number on the button. */
  #revision = 1;
  /** The revision in which the rows last changed. */
  #rowsRevision = 1;
  #head = emptyHead;
  #rows: readonly ReviewRow[] = [];
  #marks: readonly ReviewMark[] = [];
  #skipped: readonly ReviewSkipped[] = [];
  /** The marks that the page has received. */
  #posted: readonly ReviewMark[] = [];
  #model: ReviewModel | undefined;
  #plan: Plan | undefined;
  #progress: ApplyProgress | undefined;
  #timer: Disposable | undefined;
  #isOutdated = false;

  constructor(
    { extensionUri, log, clock }: Services,
    receive: (intent: ReviewIntent) => void,
    preserveFocus: boolean,
    restored: vscode.WebviewPanel | undefined,
  ) {
    this.#clock = clock;
    this.#window = new ReviewWindow(
      extensionUri,
      log,
      (intent) => {
        if (intent.type === 'ready') this.#postAll();
        else if (this.#isMeant(intent)) receive(intent);
      },
      preserveFocus,
      restored,
    );
    this.#window.onDidDispose(() => this.#closed.fire());
  }

  /** Returns false for a click on an outdated page, because the user saw a different state. */
  #isMeant(intent: ReviewIntent): boolean {
    if (intent.type === 'apply') return intent.revision === this.#revision;
    return !('revision' in intent) || intent.revision >= this.#rowsRevision;
  }

  /** True if the changes must be reviewed again before they can be applied. */
  get isOutdated(): boolean {
    return this.#isOutdated;
  }

  get isVisible(): boolean {
    return this.#window.isVisible;
  }

  reveal(preserveFocus?: boolean): void {
    this.#window.reveal(preserveFocus);
  }

  showReading(): void {
    const status = vscode.l10n.t('Reading contacts…');
    this.#model = undefined;
    this.#isOutdated = false;
    this.#rows = [];
    this.#marks = [];
    this.#skipped = [];
    this.#head = { ...emptyHead, status, announcement: status, canCancel: true };
    this.#renew();
  }

  showFailed(): void {
    const status = vscode.l10n.t('The contacts were not read, and nothing was sent.');
    this.#head = { ...emptyHead, status, announcement: status, canReviewAgain: true };
    this.#renew();
  }

  /** @param hasUnknown true if an interrupted Apply left unknown outcomes */
  showPlan(model: ReviewModel, organisations: Organisations, hasUnknown: boolean): void {
    const { t } = vscode.l10n;
    const status =
      model.plan.items.length === 0 ? t('There is nothing to apply.') : t('Nothing was sent yet.');
    const interrupted = t(
      'An earlier Apply was interrupted, and Ctrl Hub could not be asked about all of its contacts. They are read again before anything is sent.',
    );
    this.#model = model;
    this.#isOutdated = false;
    this.#head = {
      ...headOf(model, organisations),
      status,
      announcement: status,
      canReviewAgain: true,
    };
    if (hasUnknown) this.#head = { ...this.#head, warnings: [interrupted, ...this.#head.warnings] };
    if (model.file?.isIncomplete) {
      const incomplete = t(
        'Contacts may be missing, because not all of the list could be read: {0}',
        model.file.name,
      );
      this.#head = { ...this.#head, warnings: [incomplete, ...this.#head.warnings] };
    }
    this.#fill(model, organisations);
  }

  showIncluded(model: ReviewModel, organisations: Organisations): void {
    this.#model = model;
    const head = headOf(model, organisations);
    const { status, canSaveResult, canReviewAgain } = this.#head;
    const announcement = head.apply?.label ?? '';
    this.#head = { ...head, status, announcement, canSaveResult, canReviewAgain };
    this.#marks = marksOf(
      model,
      model.rows.map(({ outcome }) => outcome),
    );
    this.#revision++;
    this.#postChanges();
  }

  showOutdated(): void {
    if (this.#model === undefined || this.#isOutdated) return;
    this.#isOutdated = true;
    // The result of an Apply comes with it.
    if (this.#plan === undefined) this.#freeze(outdatedText(), { canReviewAgain: true });
  }

  beginApply(plan: Plan): void {
    this.#plan = plan;
    const status = vscode.l10n.t('Applying…');
    this.#freeze(status, { canCancel: true, canSaveResult: false, canReviewAgain: false });
  }

  showProgress(progress: ApplyProgress): void {
    this.#progress = progress;
    this.#timer ??= this.#clock.after(beat, () => {
      this.#timer = undefined;
      this.#drawProgress();
    });
  }

  showResult(
    model: ReviewModel,
    organisations: Organisations,
    result: ApplyResult | undefined,
    canSaveResult: boolean,
  ): void {
    this.#stopProgress();
    this.#model = model;
    const all = model.rows.map(({ outcome }) => outcome);
    const status = resultText(all, result?.stopped, this.#isOutdated);
    this.#head = {
      ...headOf(model, organisations),
      status,
      announcement: status,
      canSaveResult,
      canReviewAgain: true,
    };
    if (this.#isOutdated) this.#head = { ...this.#head, ...frozen(this.#head) };
    this.#fill(model, organisations);
  }

  dispose(): void {
    this.#stopProgress();
    this.#window.dispose();
    this.#closed.dispose();
  }

  /** Keeps the rows. From now on nothing can be applied or excluded. */
  #freeze(status: string, can: Partial<ReviewHead>): void {
    this.#head = { ...this.#head, status, announcement: status, ...frozen(this.#head), ...can };
    this.#postChanges();
  }

  #fill(model: ReviewModel, organisations: Organisations): void {
    this.#rows = rowsOf(model, organisations);
    this.#marks = marksOf(
      model,
      model.rows.map(({ outcome }) => outcome),
    );
    this.#skipped = skippedOf(model);
    this.#renew();
  }

  #drawProgress(): void {
    const [model, plan, progress] = [this.#model, this.#plan, this.#progress];
    if (!model || !plan || !progress) return;
    const { t } = vscode.l10n;
    const { waiting, done, outcomes } = progress;
    const far = t('Applying: {0} of {1}', formatNumber(done), formatNumber(plan.items.length));
    const ended: readonly (ItemOutcome | undefined)[] = outcomes.filter(({ kind }) => kind !== 'pending');
    const pause =
      waiting === undefined
        ? ''
        : waiting.for === 'session'
          ? t('Your session has ended. Sign in again, and applying the changes continues.')
          : t('Ctrl Hub asks to wait. It continues automatically at {0}.', timeOf(waiting.until));
    this.#head = {
      ...this.#head,
      status: [far, outcomesText(ended), pause].filter((text) => text !== '').join(' · '),
      announcement: pause || vscode.l10n.t('Applying…'),
      canSignIn: waiting?.for === 'session',
    };
    this.#marks = marksOf(model, model.during(plan, outcomes));
    this.#postChanges();
  }

  #stopProgress(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#progress = undefined;
    this.#plan = undefined;
  }

  /** Starts a new revision, so that clicks on the previous page are ignored. */
  #renew(): void {
    this.#rowsRevision = ++this.#revision;
    this.#postAll();
  }

  #postAll(): void {
    this.#posted = this.#marks;
    this.#window.post({
      type: 'review',
      state: {
        revision: this.#revision,
        head: this.#head,
        rows: this.#rows,
        marks: this.#marks,
        skipped: this.#skipped,
        strings: reviewStrings(),
      },
    });
  }

  #postChanges(): void {
    const isNew = (mark: ReviewMark, n: number) => {
      const before = this.#posted[n];
      return (
        before?.isIncluded !== mark.isIncluded ||
        before.canInclude !== mark.canInclude ||
        before.result?.text !== mark.result?.text
      );
    };
    const marks = this.#marks.flatMap((mark, n) => (isNew(mark, n) ? [[n, mark] as const] : []));
    this.#posted = this.#marks;
    this.#window.post({ type: 'reviewUpdate', revision: this.#revision, head: this.#head, marks });
  }
}

/** The parts of the head of a page that can no longer be applied. */
const frozen = ({ apply }: ReviewHead) => ({
  apply: apply && { ...apply, isEnabled: false },
  canInclude: false,
  canDiscard: false,
});

const timeOf = (time: number) =>
  new Date(time).toLocaleTimeString(vscode.env.language, { timeStyle: 'medium' });
