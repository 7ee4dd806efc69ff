import * as vscode from 'vscode';
import type { Disposable, Event } from '../base/event';
import type { AccountData } from '../contacts/accountData';
import type { DraftKey } from '../contacts/draft';
import { accountOf, type Session } from '../session/session';
import { viewState } from './contactsView';

interface Source<T> {
  readonly current: T;
  readonly onDidChange: Event<T>;
}

interface Sources {
  readonly session: Source<Session>;
  readonly data: Source<AccountData | undefined>;
  readonly drafts: { all(): readonly { readonly key: DraftKey }[]; readonly onDidChange: Event<DraftKey> };
}

/** Keeps the view's words and badge, and the context keys of its welcome and commands, up to date. */
export function followView(
  view: Pick<vscode.TreeView<unknown>, 'description' | 'message' | 'badge'>,
  { session, data, drafts }: Sources,
): Disposable {
  const { t } = vscode.l10n;
  const show = () => {
    const account = accountOf(session.current);
    const sample = account?.kind === 'sampleData';
    view.description = sample ? t('Sample data') : '';
    // Alone in its container, a view has no room for its description; the message is always seen.
    view.message = sample ? t('Sample data: made up, and kept in this window only.') : '';
    setContext('ctrlHub.view', viewState(session.current, data.current));
    setContext('ctrlHub.signedIn', account !== undefined);
    count();
  };
  let counted = 0;
  const count = () => {
    const unsaved = drafts.all().length;
    if (unsaved === counted) return;
    counted = unsaved;
    const tooltip = unsaved === 1 ? t('1 unsaved contact') : t('{0} unsaved contacts', unsaved);
    view.badge = unsaved === 0 ? undefined : { value: unsaved, tooltip };
    setContext('ctrlHub.unsaved', unsaved > 0);
  };
  let organisations: Disposable | undefined;
  const follow = (current: AccountData | undefined) => {
    organisations?.dispose();
    organisations = current?.organisations.onDidChange(show);
    show();
  };
  const subscriptions = [session.onDidChange(show), data.onDidChange(follow), drafts.onDidChange(count)];
  follow(data.current);
  return {
    dispose: () => {
      organisations?.dispose();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
