import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ConflictChoice, FieldName } from '../protocol/fields';
import type { PanelIntent, TypedIntent } from '../protocol/intents';
import type { Keystroke } from '../protocol/keystroke';
import type { InteractionIntent } from '../protocol/related';
import type { PanelStrings } from '../protocol/strings';
import type { Typing } from './typing';

/** What every part of the panel may do. */
export interface PanelActions {
  edit(field: FieldName, value: string): void;
  /** Types into a form of an interaction. */
  note(typed: Omit<InteractionIntent, 'type' | keyof Keystroke>): void;
  save(): void;
  /** For one field in conflict. */
  choose(choice: ConflictChoice): void;
  /** For all of them, and the save goes on. */
  chooseAll(choice: 'mine' | 'theirs'): void;
  /** For all that carries no typed text. */
  post(intent: Exclude<PanelIntent, TypedIntent>): void;
  /** Says something to a screen reader alone. */
  announce(text: string): void;
}

interface Panel {
  readonly strings: PanelStrings;
  readonly actions: PanelActions;
  /** What the host has not taken yet. */
  readonly typing: Typing;
}

export const PanelContext = createContext<Panel | undefined>(undefined);

export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (panel === undefined) throw new Error('outside of the panel');
  return panel;
}
