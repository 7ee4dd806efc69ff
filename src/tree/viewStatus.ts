import * as vscode from 'vscode';
import { type Current, type Disposable, DisposableStore, followCurrent } from '../base/event';
import type { AccountStores } from '../contacts/accountStores';
import type { Drafts } from '../contacts/drafts/drafts';
import { setContext } from '../platform/contextKeys';
import { endsSoonNotice, environmentName } from '../platform/text/environmentNames';
import { formatNumber, plural } from '../platform/text/plural';
import { accountOf, type Session } from '../session/session';
import { viewState } from './contactsView';
import { viewMessage } from './viewMessage';

interface Sources {
  readonly session: Current<Session>;
  readonly data: Current<AccountStores | undefined>;
  readonly drafts: Pick<Drafts, 'keys' | 'onDidChange'>;
}

/** Milliseconds between two updates of a count while rows arrive. */
const showEvery = 250;

/**
 * Updates the view's description, message and badge, and the context keys of its welcome content and
 * commands.
 */
export function followViewStatus(
  view: Pick<vscode.TreeView<unknown>, 'description' | 'message' | 'badge'>,
  { session, data, drafts }: Sources,
): Disposable {
  const { t } = vscode.l10n;
  const show = () => {
    const now = session.current;
    // Until then, the view is as VS Code has drawn it.
    if (now.kind === 'starting') return;
    const account = accountOf(now);
    const sample = account?.kind === 'sampleData';
    const description = account ? environmentName(account.origin) : '';
    // VS Code draws the view's title again for each assignment.
    if ((view.description ?? '') !== description) view.description = description;
    // A view that is alone in its container shows no description, but always its message.
    const notes = sample ? [t('Sample data: made up, and kept in this window only.')] : [];
    if (now.kind === 'signedIn' && now.endsSoon) notes.push(endsSoonNotice(now.account));
    const message = viewMessage(data.current, notes);
    if ((view.message ?? '') !== message) view.message = message;
    const arranged = data.current?.organisations.list.organisations.map(({ id }) =>
      data.current?.arranged.options(id),
    );
    setContext('filtered', arranged?.some((listOptions) => listOptions?.filter !== '') === true);
    setContext('loading', (data.current?.wholeLoads.organisationIds.length ?? 0) > 0);
    setContext('view', viewState(now, data.current));
    setContext('signedIn', account !== undefined);
    setContext('sampleData', sample);
    setContext('canSignIn', sample || now.kind !== 'signedIn');
    // Before activation neither key is set, and the Command Palette offers all commands that may be possible.
    setContext('signedOut', account === undefined);
    count();
  };
  const count = () => {
    const all = drafts.keys().length;
    // Plurals and numbers take the engine some 10 ms at their first use, which the first rows need not wait for.
    const tooltip = () =>
      plural(t('one: 1 unsaved contact | other: {0} unsaved contacts', formatNumber(all)), all);
    view.badge = all === 0 ? undefined : { value: all, tooltip: tooltip() };
    setContext('unsaved', all > 0);
    setContext('nothingUnsaved', all === 0);
  };
  let soon: NodeJS.Timeout | undefined;
  const showSoon = () => {
    soon ??= setTimeout(() => {
      soon = undefined;
      show();
    }, showEvery);
  };
  let next: NodeJS.Immediate | undefined;
  /** Lets the rows that have just arrived go to VS Code first. */
  const showNext = () => {
    next ??= setImmediate(() => {
      next = undefined;
      show();
    });
  };
  const subscriptions = new DisposableStore();
  subscriptions.add(
    session.onDidChange(show),
    drafts.onDidChange(({ before, now }) => (before === 'none') !== (now === 'none') && count()),
    followCurrent(data, (current, changes) => {
      if (current)
        changes.add(
          current.organisations.onDidChange(showNext),
          current.wholeLoads.onDidChange(show),
          current.arranged.onDidChange(showSoon),
          current.contacts.onDidChange(({ kind }) => kind === 'rows' && showSoon()),
        );
      show();
    }),
    {
      dispose: () => {
        clearTimeout(soon);
        clearImmediate(next);
      },
    },
  );
  return subscriptions;
}
