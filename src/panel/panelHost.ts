import type { ContactRef } from '../api/contacts';
import type { Clock } from '../base/clock';
import type { Event } from '../base/event';
import type { Logger } from '../base/log';
import type { CurrentAccount } from '../contacts/accountStores';
import type { DraftStore } from '../contacts/drafts/draftStore';
import type { InteractionDraftStore } from '../contacts/drafts/interactionDraftStore';
import type { ChangeMessage, StateMessage } from '../protocol/state';
import type { Session } from '../session/session';
import type { Keystrokes } from './keystrokes';

/** The services of a panel, its window, and the actions that leave it. */
export interface PanelHost {
  readonly session: { readonly current: Session; readonly onDidChange: Event<Session> };
  readonly data: CurrentAccount;
  readonly drafts: DraftStore;
  readonly interactionDrafts: InteractionDraftStore;
  readonly log: Logger;
  readonly clock: Clock;
  readonly keystrokes: Keystrokes;
  setTitle(title: string): void;
  post(message: StateMessage | ChangeMessage): void;
  copy(text: string): void;
  signIn(): void;
  useSampleData(): void;
  showLog(): void;
  open(ref: ContactRef): void;
}
