/** Steps of a dialogue: a title, a count, a way back, and errors in the step itself. */

import * as vscode from 'vscode';
import { plain } from '../text/plain';
import { leaveSoon } from './quickPicks';

interface Step {
  readonly title: string;
  /** Left out where it depends on what is chosen how many there will be. */
  readonly step?: number;
  readonly totalSteps?: number;
  /** The first step has none. */
  readonly canGoBack: boolean;
}

/** Escape gives up, wherever one is. */
export type Left = 'back' | 'gaveUp';

interface TextStep extends Step {
  readonly prompt: string;
  readonly placeholder: string;
  readonly password?: boolean;
  readonly value?: string;
  /** @returns what is wrong, in words; undefined when it was taken. Aborted when the person types on or leaves. */
  accept(value: string, signal: AbortSignal): Promise<string | undefined>;
  /** Runs once the box is there. @returns what is wrong, in words. Aborted when the person leaves. */
  begin?(signal: AbortSignal): Promise<string | undefined>;
  /** A button beside the way back. */
  readonly more?: StepButton;
}

interface StepButton {
  readonly icon: string;
  /** Also what a screen reader says. */
  readonly tooltip: string;
  /** @returns what came of it, in words. Aborted when the person leaves. */
  run(signal: AbortSignal): Promise<Said>;
}

/** The box stays open until what was typed is taken, or the person leaves. */
export function askText({ accept, begin, more, ...step }: TextStep): Promise<'taken' | Left> {
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
    const say = async (work: Promise<Said | undefined>) => {
      box.busy = true;
      try {
        const said = await work;
        if (!stay.signal.aborted && said !== undefined) box.validationMessage = toMessage(said);
      } catch (error) {
        if (stay.signal.aborted) return;
        reject(error);
        leave('gaveUp');
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
      // It may still be there for a moment: nothing is sent twice.
      if (done) return;
      attempt.abort();
      attempt = new AbortController();
      const { signal } = attempt;
      box.validationMessage = undefined;
      box.busy = true;
      try {
        const problem = await accept(box.value, signal);
        if (signal.aborted) return;
        if (problem === undefined) leave('taken');
        else box.validationMessage = problem;
      } catch (error) {
        if (signal.aborted) return;
        reject(error);
        leave('gaveUp');
      } finally {
        if (!signal.aborted) box.busy = false;
      }
    });
  });
}

interface Said {
  readonly message: string;
  readonly isProblem: boolean;
}

const toMessage = ({ message, isProblem }: Said): vscode.InputBoxValidationMessage => ({
  message,
  severity: isProblem ? vscode.InputBoxValidationSeverity.Error : vscode.InputBoxValidationSeverity.Info,
});

interface PickStep<T extends vscode.QuickPickItem> extends Step {
  readonly placeholder: string;
  readonly items: readonly T[];
}

/** One of several ways; the choice itself leads on. */
export function askPick<T extends vscode.QuickPickItem>(step: PickStep<T>): Promise<T | Left> {
  const box = vscode.window.createQuickPick<T>();
  box.items = step.items;
  box.placeholder = step.placeholder;
  return new Promise((resolve) => {
    const leave = shown(box, step, (how) => {
      if (how !== 'taken') resolve(how);
    });
    box.onDidAccept(() => {
      const [chosen] = box.selectedItems;
      if (chosen === undefined) return;
      resolve(chosen);
      leave('taken');
    });
  });
}

/** Shows a box until it is left. @returns what closes it */
function shown(
  box: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  { title, step, totalSteps, canGoBack }: Step,
  onLeft: (how: 'taken' | Left) => void,
): (how: 'taken' | Left) => void {
  box.title = title;
  box.step = step;
  box.totalSteps = totalSteps;
  box.ignoreFocusOut = true;
  if (canGoBack) box.buttons = [vscode.QuickInputButtons.Back];
  const leave = (how: 'taken' | Left) => {
    onLeft(how);
    leaveSoon(box);
  };
  box.onDidTriggerButton((pressed) => pressed === vscode.QuickInputButtons.Back && leave('back'));
  box.onDidHide(() => {
    box.dispose();
    onLeft('gaveUp');
  });
  box.show();
  return leave;
}

/** A server's text in a step's message, where VS Code would draw icons and make links, of commands too. */
export function plainMessage(text: string): string {
  return plain(text).replaceAll('](', '] (');
}
