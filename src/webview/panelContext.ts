import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ConflictChoice, PanelIntent } from '../protocol/intents';
import type { FieldName } from '../protocol/state';
import type { PanelStrings } from '../protocol/strings';

/** What every part of the panel may do. */
export interface PanelActions {
  edit(field: FieldName, value: string): void;
  save(): void;
  /** For one field in conflict. */
  choose(choice: ConflictChoice): void;
  /** For all of them, and the save goes on. */
  chooseAll(choice: 'mine' | 'theirs'): void;
  post(intent: PanelIntent): void;
  /** Says something to a screen reader alone. */
  announce(text: string): void;
}

interface Panel {
  readonly strings: PanelStrings;
  readonly actions: PanelActions;
}

export const PanelContext = createContext<Panel | undefined>(undefined);

export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (panel === undefined) throw new Error('outside of the panel');
  return panel;
}
