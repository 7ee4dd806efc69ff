/**
 * Controls and reads a VS Code as a user does. Tests inside VS Code reach these actions over loopback, at the
 * address in CTRL_HUB_HANDS.
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
  /** The text in the box. */
  readonly value: string;
  readonly rows: readonly string[];
}

/** Tells if a row of the tree is open, by a part of its text. */
const isOpen = (text: string) =>
  `[...document.querySelectorAll('.pane-body .monaco-list-row')].find((row) => row.textContent.includes(${JSON.stringify(text)}))?.getAttribute('aria-expanded')`;

/** The actions for any way to drive VS Code. */
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
  /** Types key by key into the focused element, as fast as the browser accepts them. */
  typeKeys: (text: string) => act<void>({ action: 'typeKeys', text }),
  /** Clicks a row of the tree by a part of its text. */
  clickRow: (text: string | { readonly pattern: string }) =>
    act<void>({ action: 'click', selector: '.pane-body .monaco-list-row', text }),
  /** Clicks a row of the tree with modifier keys. */
  clickRowWith: (modifiers: readonly string[], text: string) =>
    act<void>({ action: 'click', selector: '.pane-body .monaco-list-row', text, modifiers }),
  /** Returns the entries of a row's menu, each with its key. */
  rowMenu: (text: string) => act<readonly string[]>({ action: 'menu', text }),
  /** Returns the entries of a menu that opens by a click. */
  menu: (selector: string) => act<readonly string[]>({ action: 'menu', selector }),
  /** Drags a row of the tree to the middle of an element, by CSS selector, with or without Shift. */
  dragRow: (text: string, to: string, { shift }: { readonly shift: boolean }) =>
    act<void>({ action: 'drag', text, to, shift }),
  /** Clicks a row of a QuickPick. */
  pick: (text: string) =>
    act<void>({ action: 'click', selector: '.quick-input-list .monaco-list-row', text }),
  /** Clicks a button in the panel by its name. */
  clickButton: (name: string) => act<void>({ action: 'click', role: 'button', name, frame: 'webview' }),
  /** Clicks a button in a row of a QuickPick. */
  rowButton: (text: string, name: string) => act<void>({ action: 'rowButton', text, name }),
  /** Clicks a button of a modal dialog by its text. */
  answer: (text: string) => act<void>({ action: 'answer', text }),
  /** Clicks a button of a notification. */
  answerNotice: (text: string) =>
    act<void>({ action: 'click', selector: '.notification-list-item .monaco-button', text }),
  /** Waits for a notification with this text. */
  notice: (text: string) => act<void>({ action: 'notice', text }),
  /** Returns true if a button of the panel is enabled. */
  enabled: (name: string) => act<boolean>({ action: 'enabled', name }),
  /** Selects a radio button of a field in conflict. */
  choose: (field: string, choice: string) => act<void>({ action: 'choose', field, choice }),
  /** Returns the ID of the focused element of the panel. */
  focused: () =>
    act<string>({ action: 'evaluate', frame: 'webview', expression: 'document.activeElement?.id' }),
  /** Returns the time of the first paint of the panel's lasting content, in milliseconds since 1970. */
  painted: () => act<number>({ action: 'painted' }),
  /** Fills a field of the panel by its label. */
  fill: (label: string, value: string) => act<void>({ action: 'fill', label, value }),
  /** Returns the text of the panel. */
  panelText: () => act<string>({ action: 'text', frame: 'webview' }),
  /** Returns the value of a field of the panel. */
  value: (label: string) => act<string | null>({ action: 'value', label }),
  /** Returns all texts of the view, including its message. */
  viewText: async () => (await act<readonly string[]>({ action: 'body' })).join('\n'),
  rows: () => act<readonly string[]>({ action: 'rows' }),
  selectedRows: () => act<readonly string[]>({ action: 'selectedRows' }),
  /** Clicks a button in the title of a step by its name. */
  titleButton: (name: string) =>
    act<void>({ action: 'click', selector: `.quick-input-titlebar .action-label[aria-label^="${name}"]` }),
  back: () => act<void>({ action: 'click', selector: '.quick-input-titlebar .action-label' }),
  statusBar: () =>
    act<{ text: string; warning: boolean }>({ action: 'statusBar', id: 'ctrlHub.environment' }),
  quickInput: () => act<QuickInput>({ action: 'quickInput' }),
  /** Returns the number of elements in the workbench, by CSS selector. */
  count: (selector: string) => act<number>({ action: 'count', selector }),
  texts: (selector: string) => act<readonly string[]>({ action: 'texts', selector }),
  hover: (selector: string, text: string) => act<void>({ action: 'hover', selector, text }),
  /** Evaluates an expression in the panel's page. */
  inPanel: <T>(expression: string) => act<T>({ action: 'evaluate', frame: 'webview', expression }),
  /** Evaluates an expression in the workbench's page. */
  inWorkbench: <T>(expression: string) => act<T>({ action: 'evaluate', expression }),
  screenshot: (path: string) => act<void>({ action: 'screenshot', path }),
});

export const hands = handsOn(overLoopback);
