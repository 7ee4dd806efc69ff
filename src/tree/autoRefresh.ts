/** Refreshes visible lists automatically: old ones, and those that failed to load. */
import * as vscode from 'vscode';
import type { ApiError, ApiErrorReason } from '../api/http/errors';
import type { Clock } from '../base/clock';
import { type Current, type Disposable, DisposableStore, followCurrent } from '../base/event';
import type { AccountStores } from '../contacts/accountStores';
import type { LoadState } from '../contacts/lists/contactList';
import type { TreeRefresh } from './treeRefresh';
import { TryLater } from './tryLater';

interface Parts {
  readonly view: Pick<vscode.TreeView<unknown>, 'visible' | 'onDidChangeVisibility'>;
  readonly data: Current<AccountStores | undefined>;
  readonly treeRefresh: TreeRefresh;
  /** The age in minutes after which lists are refreshed; 0 for never. */
  readonly oldAfter: () => number;
  readonly clock: Clock;
}

/** Failures that may end without an action of the user. */
const passing: ReadonlySet<ApiErrorReason> = new Set([
  'unreachable',
  'timedOut',
  'server',
  'rateLimited',
  'signInFailed',
]);

export function autoRefresh({ view, data, treeRefresh, oldAfter, clock }: Parts): Disposable {
  let askedAt = Number.NEGATIVE_INFINITY;

  const loads = (): readonly LoadState[] => {
    const { current } = data;
    if (current === undefined) return [];
    const lists = treeRefresh.organisationIds().map((id) => current.contacts.list(id).load);
    return [current.organisations.list.load, ...lists];
  };
  const failures = (): readonly ApiError[] =>
    loads().flatMap((load) => (load.kind === 'failed' && passing.has(load.error.reason) ? [load.error] : []));
  const later = new TryLater(clock, () => {
    if (view.visible && failures().length > 0) treeRefresh.tryAgain();
  });
  const follow = () =>
    later.follow(
      failures(),
      loads().some(({ kind }) => kind === 'loading'),
    );
  const refreshOnReturn = () => {
    if (!view.visible) return;
    if (failures().length > 0) later.retryNow();
    const readAt = treeRefresh.readAt();
    const minutes = oldAfter();
    const isOld = (age: number) => minutes > 0 && age >= minutes * 60_000;
    if (readAt === undefined || !isOld(clock.now() - readAt) || !vscode.window.state.focused) return;
    // View and window may become visible together; one refresh is enough.
    if (!isOld(clock.monotonic() - askedAt)) return;
    askedAt = clock.monotonic();
    treeRefresh.readAgain();
  };

  const subscriptions = new DisposableStore();
  subscriptions.add(
    later,
    followCurrent(data, (current, changes) => {
      if (current)
        changes.add(
          current.organisations.onDidChange(follow),
          current.contacts.onDidChange(({ kind }) => (kind === 'list' || kind === 'read') && follow()),
        );
      later.reset();
      follow();
    }),
    view.onDidChangeVisibility(refreshOnReturn),
    vscode.window.onDidChangeWindowState(({ focused }) => focused && refreshOnReturn()),
  );
  return subscriptions;
}
