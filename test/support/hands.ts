/**
 * A person's hands and eyes on a VS Code. For the tests that run inside of one their runner serves them
 * over loopback, at the address in CTRL_HUB_HANDS.
 */
import assert from 'node:assert/strict';
import { until } from './until';

type Action = Readonly<Record<string, unknown>> & { readonly action: string };

type Act = <T>(action: Action) => Promise<T>;

async function overLoopback<T>(action: Action): Promise<T> {
  const url = process.env.CTRL_HUB_HANDS;
  assert.ok(url, 'CTRL_HUB_HANDS is not set: the host tests run through scripts/runHostTests.mjs');
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(action) });
  const answer: { ok: boolean; value: T; error?: string } = JSON.parse(await response.text());
  if (!answer.ok) throw new Error(`${action.action}: ${answer.error}`);
  return answer.value;
}

export interface QuickInput {
  readonly title: string;
  readonly message: string;
  readonly placeholder: string;
  readonly inputType: string;
  /** What is typed into it. */
  readonly value: string;
  readonly rows: readonly string[];
}

/** Whether a row of the tree is open, by a piece of its text. */
const isOpen = (text: string) =>
  `[...document.querySelectorAll('.pane-body .monaco-list-row')].find((row) => row.textContent.includes(${JSON.stringify(text)}))?.getAttribute('aria-expanded')`;

/** The same hands, wherever VS Code is driven from. */
export const handsOn = (act: Act) => ({
  /** Opens a row of the tree until another one is there. It may open by itself: then a click would close it again. */
  expand: (text: string, wanted: string) =>
    until(`${wanted} in ${text}`, async () => {
      const rows = await act<readonly string[]>({ action: 'rows' });
      if (rows.some((row) => row.includes(wanted))) return true;
      const open = await act<string | null>({ action: 'evaluate', expression: isOpen(text) });
      if (open === 'false')
        await act<void>({ action: 'click', selector: '.pane-body .monaco-list-row', text });
      return false;
    }),
  press: (key: string) => act<void>({ action: 'press', key }),
  type: (text: string) => act<void>({ action: 'type', text }),
  /** Types key by key into what has the focus, as fast as the browser takes them. */
  typeKeys: (text: string) => act<void>({ action: 'typeKeys', text }),
  /** Clicks a row of the tree by a piece of its text. */
  clickRow: (text: string | { readonly pattern: string }) =>
    act<void>({ action: 'click', selector: '.pane-body .monaco-list-row', text }),
  /** Clicks a row of the tree with keys held down. */
  clickRowWith: (modifiers: readonly string[], text: string) =>
    act<void>({ action: 'click', selector: '.pane-body .monaco-list-row', text, modifiers }),
  /** What the menu of a row of the tree offers, each with its key. */
  rowMenu: (text: string) => act<readonly string[]>({ action: 'menu', text }),
  /** The same of a menu that opens by a click. */
  menu: (selector: string) => act<readonly string[]>({ action: 'menu', selector }),
  /** Drags a row of the tree to the middle of what a CSS selector finds, with or without Shift. */
  dragRow: (text: string, to: string, { shift }: { readonly shift: boolean }) =>
    act<void>({ action: 'drag', text, to, shift }),
  /** Clicks a row of a QuickPick. */
  pick: (text: string) =>
    act<void>({ action: 'click', selector: '.quick-input-list .monaco-list-row', text }),
  /** Clicks a button in the panel by its name. */
  clickButton: (name: string) => act<void>({ action: 'click', role: 'button', name, frame: 'webview' }),
  /** Presses a button in a row of a QuickPick. */
  rowButton: (text: string, name: string) => act<void>({ action: 'rowButton', text, name }),
  /** Answers a modal question by the text of a button. */
  answer: (text: string) => act<void>({ action: 'answer', text }),
  /** Presses a button of a notification. */
  answerNotice: (text: string) =>
    act<void>({ action: 'click', selector: '.notification-list-item .monaco-button', text }),
  /** Waits for a notification with these words. */
  notice: (text: string) => act<void>({ action: 'notice', text }),
  /** Whether a button of the panel is there to be pressed. */
  enabled: (name: string) => act<boolean>({ action: 'enabled', name }),
  /** Chooses a radio button of a field in conflict. */
  choose: (field: string, choice: string) => act<void>({ action: 'choose', field, choice }),
  /** What has the focus in the panel, by id. */
  focused: () =>
    act<string>({ action: 'evaluate', frame: 'webview', expression: 'document.activeElement?.id' }),
  /** When what stays of the panel's page was first painted, in milliseconds since 1970. */
  painted: () => act<number>({ action: 'painted' }),
  /** Fills a field of the panel by its label. */
  fill: (label: string, value: string) => act<void>({ action: 'fill', label, value }),
  /** What the panel says. */
  panelText: () => act<string>({ action: 'text', frame: 'webview' }),
  /** The value of a field of the panel. */
  value: (label: string) => act<string | null>({ action: 'value', label }),
  /** All that the view says, its message included. */
  viewText: async () => (await act<readonly string[]>({ action: 'body' })).join('\n'),
  rows: () => act<readonly string[]>({ action: 'rows' }),
  /** The rows of the tree that are selected. */
  selectedRows: () => act<readonly string[]>({ action: 'selectedRows' }),
  /** The step before, in a dialogue of several. */
  /** A button of the step's title, by its name. */
  titleButton: (name: string) =>
    act<void>({ action: 'click', selector: `.quick-input-titlebar .action-label[aria-label^="${name}"]` }),
  back: () => act<void>({ action: 'click', selector: '.quick-input-titlebar .action-label' }),
  statusBar: () =>
    act<{ text: string; warning: boolean }>({ action: 'statusBar', id: 'ctrlHub.environment' }),
  quickInput: () => act<QuickInput>({ action: 'quickInput' }),
  /** How many of something there are in the workbench, by a CSS selector. */
  count: (selector: string) => act<number>({ action: 'count', selector }),
  texts: (selector: string) => act<readonly string[]>({ action: 'texts', selector }),
  hover: (selector: string, text: string) => act<void>({ action: 'hover', selector, text }),
  /** What an expression gives in the panel's page. */
  inPanel: <T>(expression: string) => act<T>({ action: 'evaluate', frame: 'webview', expression }),
  /** What an expression gives in the workbench's page. */
  inWorkbench: <T>(expression: string) => act<T>({ action: 'evaluate', expression }),
  screenshot: (path: string) => act<void>({ action: 'screenshot', path }),
});

export const hands = handsOn(overLoopback);
