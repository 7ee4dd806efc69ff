/** Reads again by itself what somebody looks at: when it has grown old, and when it could not be read. */
import * as vscode from 'vscode';
import type { ApiError, ApiErrorReason } from '../api/errors';
import type { Disposable, Event } from '../base/event';
import type { AccountData } from '../contacts/accountData';
import type { LoadState } from '../contacts/contactList';
import type { LookedAt } from './lookedAt';

interface Parts {
  readonly view: Pick<vscode.TreeView<unknown>, 'visible' | 'onDidChangeVisibility'>;
  readonly data: {
    readonly current: AccountData | undefined;
    readonly onDidChange: Event<AccountData | undefined>;
  };
  readonly lookedAt: LookedAt;
  /** Minutes after which what is shown is old; 0 for never. */
  readonly oldAfter: () => number;
}

/** What may be over soon, without anybody doing anything here. */
const passing: ReadonlySet<ApiErrorReason> = new Set(['unreachable', 'timedOut', 'server', 'tooMany']);
/** Seconds until the first and until every later try: each time twice as long. */
const wait = { first: 5, most: 300 } as const;

export function keepFresh({ view, data, lookedAt, oldAfter }: Parts): Disposable {
  let tries = 0;
  let askedAt = 0;
  let timer: NodeJS.Timeout | undefined;

  const failures = (): readonly ApiError[] => {
    const { current } = data;
    if (current === undefined) return [];
    const loads: LoadState[] = [current.organisations.list.load];
    for (const id of lookedAt.organisationIds()) loads.push(current.contacts.list(id).load);
    return loads.flatMap((load) =>
      load.kind === 'failed' && passing.has(load.error.reason) ? [load.error] : [],
    );
  };
  const tryAgain = () => {
    clearTimeout(timer);
    timer = undefined;
    if (view.visible && failures().length > 0) lookedAt.tryAgain();
  };
  const follow = () => {
    const errors = failures();
    if (errors.length === 0) {
      clearTimeout(timer);
      timer = undefined;
      tries = 0;
    } else if (timer === undefined && view.visible) {
      const asked = Math.max(0, ...errors.map(({ retryAfter }) => retryAfter ?? 0));
      const seconds = Math.max(asked, Math.min(wait.first * 2 ** tries++, wait.most));
      timer = setTimeout(tryAgain, seconds * 1000);
    }
  };
  const look = () => {
    if (!view.visible) return;
    tryAgain();
    const readAt = lookedAt.readAt();
    const minutes = oldAfter();
    const oldSince = (time: number) => minutes > 0 && Date.now() - time >= minutes * 60_000;
    if (readAt === undefined || !oldSince(readAt) || !vscode.window.state.focused) return;
    // The view and the window may both come into sight: what is on its way is not asked for again.
    if (!oldSince(askedAt)) return;
    askedAt = Date.now();
    lookedAt.readAgain();
  };

  let changes: readonly Disposable[] = [];
  const followData = (current: AccountData | undefined) => {
    for (const change of changes) change.dispose();
    changes = current
      ? [
          current.organisations.onDidChange(follow),
          current.contacts.onDidChange(({ kind }) => (kind === 'list' || kind === 'read') && follow()),
        ]
      : [];
    tries = 0;
    follow();
  };
  followData(data.current);
  const subscriptions = [
    data.onDidChange(followData),
    view.onDidChangeVisibility(look),
    vscode.window.onDidChangeWindowState(({ focused }) => focused && look()),
  ];
  return {
    dispose: () => {
      clearTimeout(timer);
      for (const subscription of [...subscriptions, ...changes]) subscription.dispose();
    },
  };
}
