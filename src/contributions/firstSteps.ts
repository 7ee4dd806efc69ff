/**
 * Completes the walkthrough's steps when the user does them, even before the walkthrough is open. VS Code
 * knows the steps only after a Getting Started page opens, and a context key that is already true then never
 * completes a step. So each key is true for a moment only: when its step is done, and again after such a page
 * opens.
 */
import * as vscode from 'vscode';
import type { ContactRef } from '../api/contacts';
import type { Clock } from '../base/clock';
import { type Current, type Disposable, DisposableStore, type Event, followCurrent } from '../base/event';
import type { ContactSaveState } from '../contacts/saving/contactSaveState';
import { setContext } from '../platform/contextKeys';

interface Data {
  readonly saves: {
    readonly onDidChange: Event<ContactRef>;
    state(ref: ContactRef): ContactSaveState;
  };
}

type Step = 'hasBegun' | 'hasSaved' | 'hasMetConflict';

/** Milliseconds after the page opens. VS Code has registered the steps after one of them. */
const moments = [0, 500, 2_000, 6_000, 12_000];

export function followFirstSteps(data: Current<Data | undefined>, clock: Clock): Disposable {
  const done = new Set<Step>();
  let soon: readonly Disposable[] = [];
  /** Pulses run one after another, because a key must be false before it is set again. */
  let ticking: Promise<void> = Promise.resolve();
  const tick = (key: Step) => {
    ticking = ticking.then(() => pulse(key)).catch(() => undefined);
  };
  const finish = (key: Step) => {
    done.add(key);
    tick(key);
  };
  const tickAll = () => {
    if (data.current !== undefined) tick('hasBegun');
    for (const key of done) tick(key);
  };
  const stop = () => {
    for (const timer of soon) timer.dispose();
  };
  const opened = (tabs: readonly vscode.Tab[]) => {
    // VS Code does not tell extensions which page such a tab shows.
    if (!tabs.some(({ input }) => input === undefined)) return;
    stop();
    soon = moments.map((after) => clock.after(after, tickAll));
  };
  opened(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs));
  const subscriptions = new DisposableStore();
  subscriptions.add(
    { dispose: stop },
    followCurrent(data, (current, changes) => {
      if (current === undefined) return;
      tick('hasBegun');
      changes.add(
        current.saves.onDidChange((ref) => {
          const { kind } = current.saves.state(ref);
          if (kind === 'saved') finish('hasSaved');
          if (kind === 'conflict') finish('hasMetConflict');
        }),
      );
    }),
    vscode.window.tabGroups.onDidChangeTabs((event) => opened(event.opened)),
  );
  return subscriptions;
}

async function pulse(key: Step): Promise<void> {
  await setContext(key, true);
  await setContext(key, false);
}
