import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ConflictChoice, FieldName } from '../../protocol/fields';
import type { PanelIntent, TypedIntent } from '../../protocol/intents';
import type { Keystroke } from '../../protocol/keystroke';
import type { InteractionIntent } from '../../protocol/related';
import type { PanelStrings } from '../../protocol/strings';
import type { Typing } from '../page/typing';

/** The actions available to all parts of the panel. */
export interface PanelActions {
  edit(field: FieldName, value: string): void;
  /** Handles typing in an interaction's form. */
  note(typed: Omit<InteractionIntent, 'type' | keyof Keystroke>): void;
  save(): void;
  /** Answers the conflict in one field. */
  choose(choice: ConflictChoice): void;
  /** Answers all conflicts, and continues the save. */
  chooseAll(choice: 'mine' | 'theirs'): void;
  /** Posts an intent without typed text. */
  post(intent: Exclude<PanelIntent, TypedIntent>): void;
  /** Announces a text to screen readers only. */
  announce(text: string): void;
}

interface Panel {
  readonly strings: PanelStrings;
  readonly actions: PanelActions;
  /** The text that the host has not confirmed. */
  readonly typing: Typing;
}

export const PanelContext = createContext<Panel | undefined>(undefined);

export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (panel === undefined) throw new Error('outside of the panel');
  return panel;
}
