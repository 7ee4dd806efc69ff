/** The saves of one panel's contact, whoever begins them: intents → `ContactSaves`, and its state → the panel. */
import type { Disposable } from '../base/event';
import type { AccountStores } from '../contacts/accountStores';
import { keyOf } from '../contacts/model/contact';
import { type ContactSaveState, isUnderWay } from '../contacts/saving/contactSaveState';
import type { ContactKey } from '../protocol/contactKey';
import type { PanelIntent } from '../protocol/intents';

interface SavingHost {
  data(): AccountStores | undefined;
  changed(): void;
  /** Called when a save begins to run. */
  began(): void;
  /** Called when a save has ended. @param refusal why it failed as a whole */
  ended(refusal: unknown): void;
  /** Called when a save stops running: it ended, or waits. */
  stopped(): void;
}

const intents = ['save', 'saveWithout', 'undo', 'resolve', 'cancelWait'] as const;
type SavingIntent = Extract<PanelIntent, { type: (typeof intents)[number] }>;

export const isSavingIntent = (intent: PanelIntent): intent is SavingIntent =>
  intents.some((type) => type === intent.type);

export class SavingPart {
  readonly #host: SavingHost;
  readonly #identity: ContactKey;
  /** Counts the requests to save, with any outcome. */
  #attempt = 0;
  #before: ContactSaveState | undefined;

  constructor(host: SavingHost, identity: ContactKey) {
    this.#host = host;
    this.#identity = identity;
  }

  get attempt(): number {
    return this.#attempt;
  }

  get isUnderWay(): boolean {
    return isUnderWay(this.#state);
  }

  receive(intent: SavingIntent): void {
    const saves = this.#host.data()?.saves;
    switch (intent.type) {
      case 'save':
        this.save();
        break;
      case 'saveWithout':
        // The user agreed to the state on screen; another save may have ended since.
        if (intent.attempt !== this.#attempt) break;
        this.#attempt++;
        void saves?.saveWithout(this.#identity);
        break;
      case 'undo':
        this.#attempt++;
        void saves?.undo(this.#identity);
        break;
      case 'resolve':
        this.#attempt++;
        void saves?.resolve(this.#identity, intent.choices);
        break;
      case 'cancelWait':
        saves?.cancelWait(this.#identity);
    }
  }

  /** Saves the draft; does nothing while a save is running. */
  save(): void {
    const saves = this.#host.data()?.saves;
    this.#attempt++;
    // The page continues with the answers to the conflicts, or shows those that are missing.
    const asks = this.#state?.kind === 'conflict' && saves?.conflicts(this.#identity).length;
    if (!asks) void saves?.save(this.#identity);
    this.#host.changed();
  }

  /** Follows the saves of another account. Its subscription ends with the account. */
  follow({ saves }: AccountStores): Disposable {
    this.#before = this.#state;
    return saves.onDidChange((ref) => {
      if (keyOf(ref) === keyOf(this.#identity)) this.#changed();
    });
  }

  /** Without changes to save, no save begins and the state stays. */
  #changed(): void {
    const before = this.#before;
    const now = this.#state;
    this.#before = now;
    if (now?.kind === 'saving') this.#host.began();
    else {
      if (isUnderWay(before) && !isUnderWay(now)) this.#host.ended(this.#refusal);
      if (before?.kind === 'saving') this.#host.stopped();
    }
    this.#host.changed();
  }

  get #state(): ContactSaveState | undefined {
    return this.#host.data()?.saves.state(this.#identity);
  }

  get #refusal(): unknown {
    const state = this.#state;
    return state?.kind === 'failed' ? state.error : undefined;
  }
}
