/**
 * Ticks off the walkthrough's steps as somebody does them, also those that were done before it was opened. VS Code
 * knows no step before a Getting Started page is opened, and a context key that holds at that moment never ticks
 * its step. So a key holds for a moment only: when a step is done, and again after such a page is opened.
 */
import * as vscode from 'vscode';
import type { ContactRef } from '../api/contacts';
import type { Clock } from '../base/clock';
import type { Disposable, Event } from '../base/event';
import type { Saving } from '../contacts/saving/saving';

interface Data {
  readonly saves: {
    readonly onDidChange: Event<ContactRef>;
    state(ref: ContactRef): Saving;
  };
}

/** Milliseconds after which VS Code has, or at last must have, made the steps known. */
const moments = [0, 500, 2_000, 6_000, 12_000];

export function followFirstSteps(
  data: {
    readonly current: Data | undefined;
    readonly onDidChange: Event<Data | undefined>;
  },
  clock: Clock,
): Disposable {
  const done = new Set<string>();
  let soon: readonly Disposable[] = [];
  let change: Disposable | undefined;
  /** One after the other: a key must not be set again before it was taken back. */
  let ticking: Promise<void> = Promise.resolve();
  const tick = (key: string) => {
    ticking = ticking.then(() => pulse(key)).catch(() => undefined);
  };
  const finish = (key: string) => {
    done.add(key);
    tick(key);
  };
  const tickAll = () => {
    if (data.current !== undefined) tick('ctrlHub.hasBegun');
    for (const key of done) tick(key);
  };
  const follow = (current: Data | undefined) => {
    change?.dispose();
    if (current !== undefined) tick('ctrlHub.hasBegun');
    change = current?.saves.onDidChange((ref) => {
      const { kind } = current.saves.state(ref);
      if (kind === 'saved') finish('ctrlHub.hasSaved');
      if (kind === 'conflict') finish('ctrlHub.hasMetConflict');
    });
  };
  const stop = () => {
    for (const timer of soon) timer.dispose();
  };
  const opened = (tabs: readonly vscode.Tab[]) => {
    // VS Code tells extensions nothing of what is in such a tab.
    if (!tabs.some(({ input }) => input === undefined)) return;
    stop();
    soon = moments.map((after) => clock.after(after, tickAll));
  };
  follow(data.current);
  opened(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs));
  const subscriptions = [
    data.onDidChange(follow),
    vscode.window.tabGroups.onDidChangeTabs((event) => opened(event.opened)),
  ];
  return {
    dispose: () => {
      stop();
      change?.dispose();
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

async function pulse(key: string): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, true);
  await vscode.commands.executeCommand('setContext', key, false);
}
