/** Ticks off the walkthrough's steps as somebody does them. */
import * as vscode from 'vscode';
import type { ContactRef } from '../api/contacts';
import type { Disposable, Event } from '../base/event';
import type { Saving } from '../contacts/saving';

interface Data {
  readonly saves: {
    readonly onDidChange: Event<ContactRef>;
    state(ref: ContactRef): Saving;
  };
}

export function followFirstSteps(data: {
  readonly current: Data | undefined;
  readonly onDidChange: Event<Data | undefined>;
}): Disposable {
  let change: Disposable | undefined;
  const follow = (current: Data | undefined) => {
    change?.dispose();
    change = current?.saves.onDidChange((ref) => {
      const { kind } = current.saves.state(ref);
      if (kind === 'saved') tick('ctrlHub.hasSaved');
      if (kind === 'conflict') tick('ctrlHub.hasMetConflict');
    });
  };
  follow(data.current);
  const subscription = data.onDidChange(follow);
  return {
    dispose: () => {
      change?.dispose();
      subscription.dispose();
    },
  };
}

const tick = (key: string) => void vscode.commands.executeCommand('setContext', key, true);
