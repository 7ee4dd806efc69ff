/** Steps of a multi-step input: a title, a step count, a Back button, and errors in the step itself. */

import * as vscode from 'vscode';
import { plain } from '../text/plain';
import { leaveSoon } from './quickPicks';

interface Step {
  readonly title: string;
  /** Absent if a later choice determines the number of steps. */
  readonly step?: number;
  readonly totalSteps?: number;
  /** False for the first step. */
  readonly canGoBack: boolean;
}

/** The result of a step that the user leaves. Escape ends the whole input. */
export type Left = 'back' | 'cancelled';

interface TextStep extends Step {
  readonly prompt: string;
  readonly placeholder: string;
  readonly password?: boolean;
  readonly value?: string;
  /**
   * Checks the value. The signal aborts when the user types or leaves.
   * @returns an error message; undefined if the value is accepted
   */
  accept(value: string, signal: AbortSignal): Promise<string | undefined>;
  /**
   * Runs when the box is shown. The signal aborts when the user leaves.
   * @returns an error message
   */
  begin?(signal: AbortSignal): Promise<string | undefined>;
  /** A button next to the Back button. */
  readonly more?: StepButton;
}

interface StepButton {
  readonly icon: string;
  /** The tooltip, which is also the label for screen readers. */
  readonly tooltip: string;
  /**
   * The signal aborts when the user leaves.
   * @returns a message about the result
   */
  run(signal: AbortSignal): Promise<StepMessage>;
}

/** Shows an input box that stays open until the value is accepted or the user leaves. */
export function askText({ accept, begin, more, ...step }: TextStep): Promise<'accepted' | Left> {
  const box = vscode.window.createInputBox();
  box.prompt = step.prompt;
  box.placeholder = step.placeholder;
  box.password = step.password === true;
  box.value = step.value ?? '';
  return new Promise((resolve, reject) => {
    let attempt = new AbortController();
    const stay = new AbortController();
    let done = false;
    const leave = shown(box, step, (left) => {
      done = true;
      attempt.abort();
      stay.abort();
      resolve(left);
    });
    const say = async (work: Promise<StepMessage | undefined>) => {
      box.busy = true;
      try {
        const message = await work;
        if (!stay.signal.aborted && message !== undefined) box.validationMessage = toMessage(message);
      } catch (error) {
        if (stay.signal.aborted) return;
        reject(error);
        leave('cancelled');
      } finally {
        if (!stay.signal.aborted) box.busy = false;
      }
    };
    if (more) {
      const { icon, tooltip, run } = more;
      const button = { iconPath: new vscode.ThemeIcon(icon), tooltip };
      box.buttons = [...box.buttons, button];
      box.onDidTriggerButton((pressed) => pressed === button && void say(run(stay.signal)));
    }
    if (begin) {
      const work = begin(stay.signal);
      void say(work.then((message) => (message === undefined ? undefined : { message, isProblem: true })));
    }
    box.onDidChangeValue(() => {
      attempt.abort();
      box.busy = false;
      box.validationMessage = undefined;
    });
    box.onDidAccept(async () => {
      // The finished box is visible for a moment longer; a second Enter must not send again.
      if (done) return;
      attempt.abort();
      attempt = new AbortController();
      const { signal } = attempt;
      box.validationMessage = undefined;
      box.busy = true;
      try {
        const problem = await accept(box.value, signal);
        if (signal.aborted) return;
        if (problem === undefined) leave('accepted');
        else box.validationMessage = problem;
      } catch (error) {
        if (signal.aborted) return;
        reject(error);
        leave('cancelled');
      } finally {
        if (!signal.aborted) box.busy = false;
      }
    });
  });
}

interface StepMessage {
  readonly message: string;
  readonly isProblem: boolean;
}

const toMessage = ({ message, isProblem }: StepMessage): vscode.InputBoxValidationMessage => ({
  message,
  severity: isProblem ? vscode.InputBoxValidationSeverity.Error : vscode.InputBoxValidationSeverity.Info,
});

interface PickStep<T extends vscode.QuickPickItem> extends Step {
  readonly placeholder: string;
  readonly items: readonly T[];
  /** The item that Enter selects; the first one by default. */
  readonly active?: T | undefined;
}

/** Shows a list of choices. A choice leads to the next step. */
export function askPick<T extends vscode.QuickPickItem>(step: PickStep<T>): Promise<T | Left> {
  const box = vscode.window.createQuickPick<T>();
  box.items = step.items;
  if (step.active) box.activeItems = [step.active];
  box.placeholder = step.placeholder;
  return new Promise((resolve) => {
    const leave = shown(box, step, (how) => {
      if (how !== 'accepted') resolve(how);
    });
    box.onDidAccept(() => {
      const [chosen] = box.selectedItems;
      if (chosen === undefined) return;
      resolve(chosen);
      leave('accepted');
    });
  });
}

/**
 * Shows a box until the user leaves it.
 * @returns a function that closes the box
 */
function shown(
  box: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  { title, step, totalSteps, canGoBack }: Step,
  onLeft: (how: 'accepted' | Left) => void,
): (how: 'accepted' | Left) => void {
  box.title = title;
  box.step = step;
  box.totalSteps = totalSteps;
  box.ignoreFocusOut = true;
  if (canGoBack) box.buttons = [vscode.QuickInputButtons.Back];
  const leave = (how: 'accepted' | Left) => {
    onLeft(how);
    leaveSoon(box);
  };
  box.onDidTriggerButton((pressed) => pressed === vscode.QuickInputButtons.Back && leave('back'));
  box.onDidHide(() => {
    box.dispose();
    onLeft('cancelled');
  });
  box.show();
  return leave;
}

/**
 * Escapes server text for an input box's message, in which VS Code renders icons and links, even links to
 * commands.
 */
export function plainMessage(text: string): string {
  return plain(text).replaceAll('](', '] (');
}
