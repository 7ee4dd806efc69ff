import * as vscode from 'vscode';
import type { Disposable, Event } from '../base/event';
import type { AccountData } from '../contacts/accountData';
import type { Unsaved } from '../contacts/drafts/unsaved';
import { endsSoonNotice, environmentName } from '../platform/text/environmentNames';
import { formatNumber, plural } from '../platform/text/plural';
import { accountOf, type Session } from '../session/session';
import { viewState } from './contactsView';
import { viewMessage } from './viewMessage';

interface Source<T> {
  readonly current: T;
  readonly onDidChange: Event<T>;
}

interface Sources {
  readonly session: Source<Session>;
  readonly data: Source<AccountData | undefined>;
  readonly unsaved: Pick<Unsaved, 'keys' | 'onDidChange'>;
}

/** Milliseconds between two counts of what is arriving. */
const showEvery = 250;

/** Keeps the view's words and badge, and the context keys of its welcome and commands, up to date. */
export function followView(
  view: Pick<vscode.TreeView<unknown>, 'description' | 'message' | 'badge'>,
  { session, data, unsaved }: Sources,
): Disposable {
  const { t } = vscode.l10n;
  const show = () => {
    const account = accountOf(session.current);
    const sample = account?.kind === 'sampleData';
    view.description = sample ? t('Sample data') : account ? environmentName(account.origin) : '';
    // Alone in its container, a view has no room for its description; the message is always seen.
    const notes = sample ? [t('Sample data: made up, and kept in this window only.')] : [];
    if (session.current.kind === 'signedIn' && session.current.endsSoon)
      notes.push(endsSoonNotice(session.current.account));
    view.message = viewMessage(data.current, notes);
    const arranged = data.current?.organisations.list.organisations.map(({ id }) =>
      data.current?.arranged.arrangement(id),
    );
    setContext('ctrlHub.filtered', arranged?.some((arrangement) => arrangement?.filter !== '') === true);
    setContext('ctrlHub.loading', (data.current?.wholeLoads.organisationIds.length ?? 0) > 0);
    setContext('ctrlHub.view', viewState(session.current, data.current));
    setContext('ctrlHub.signedIn', account !== undefined);
    setContext('ctrlHub.sampleData', sample);
    setContext('ctrlHub.canSignIn', sample || session.current.kind !== 'signedIn');
    // Before anything of ours ran neither is known, and the palette offers what may well be possible.
    setContext('ctrlHub.signedOut', account === undefined && session.current.kind !== 'starting');
    count();
  };
  let counted = -1;
  const count = () => {
    const all = unsaved.keys().length;
    if (all === counted) return;
    counted = all;
    const tooltip = plural(t('one: 1 unsaved contact | other: {0} unsaved contacts', formatNumber(all)), all);
    view.badge = all === 0 ? undefined : { value: all, tooltip };
    setContext('ctrlHub.unsaved', all > 0);
    setContext('ctrlHub.nothingUnsaved', all === 0);
  };
  let changes: readonly Disposable[] = [];
  let soon: NodeJS.Timeout | undefined;
  const showSoon = () => {
    soon ??= setTimeout(() => {
      soon = undefined;
      show();
    }, showEvery);
  };
  const follow = (current: AccountData | undefined) => {
    for (const change of changes) change.dispose();
    changes =
      current === undefined
        ? []
        : [
            current.organisations.onDidChange(show),
            current.wholeLoads.onDidChange(show),
            current.arranged.onDidChange(showSoon),
            current.contacts.onDidChange(({ kind }) => kind === 'rows' && showSoon()),
          ];
    show();
  };
  const subscriptions = [session.onDidChange(show), data.onDidChange(follow), unsaved.onDidChange(count)];
  follow(data.current);
  return {
    dispose: () => {
      clearTimeout(soon);
      for (const change of changes) change.dispose();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
