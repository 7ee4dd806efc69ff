/**
 * A person's hands and eyes on the VS Code that the host tests run in: the launcher serves them over
 * loopback, at the address in CTRL_HUB_HANDS.
 */
import assert from 'node:assert/strict';

type Action = Readonly<Record<string, unknown>> & { readonly action: string };

async function act<T>(action: Action): Promise<T> {
  const url = process.env.CTRL_HUB_HANDS;
  assert.ok(url, 'CTRL_HUB_HANDS is not set: the host tests run through scripts/vscodeLauncher.mjs');
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(action) });
  const answer: { ok: boolean; value: T; error?: string } = JSON.parse(await response.text());
  if (!answer.ok) throw new Error(`${action.action}: ${answer.error}`);
  return answer.value;
}

export interface QuickInput {
  readonly title: string;
  readonly message: string;
  readonly inputType: string;
  readonly rows: readonly string[];
}

export const hands = {
  press: (key: string) => act<void>({ action: 'press', key }),
  type: (text: string) => act<void>({ action: 'type', text }),
  /** Clicks a row of the tree by a piece of its text. */
  clickRow: (text: string) => act<void>({ action: 'click', selector: '.pane-body .monaco-list-row', text }),
  /** Clicks a row of a QuickPick. */
  pick: (text: string) =>
    act<void>({ action: 'click', selector: '.quick-input-list .monaco-list-row', text }),
  /** Clicks a button in the panel by its name. */
  clickButton: (name: string) => act<void>({ action: 'click', role: 'button', name, frame: 'webview' }),
  /** Fills a field of the panel by its label. */
  fill: (label: string, value: string) => act<void>({ action: 'fill', label, value }),
  /** What the panel says. */
  panelText: () => act<string>({ action: 'text', frame: 'webview' }),
  /** The value of a field of the panel. */
  value: (label: string) =>
    act<string>({
      action: 'evaluate',
      frame: 'webview',
      expression: `[...document.querySelectorAll('label')].find((l) => l.textContent.trim() === ${JSON.stringify(label)})?.control?.value`,
    }),
  rows: () => act<readonly string[]>({ action: 'rows' }),
  quickInput: () => act<QuickInput>({ action: 'quickInput' }),
  screenshot: (path: string) => act<void>({ action: 'screenshot', path }),
};

/** Waits until `test` gives something truthy, and says what it waited for if it never does. */
export async function until<T>(what: string, test: () => Promise<T> | T, ms = 15_000): Promise<T> {
  const end = Date.now() + ms;
  let last: unknown;
  for (;;) {
    try {
      const value = await test();
      if (value) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end)
      throw new Error(`${what}: not within ${ms} ms (last: ${String(last).slice(0, 200)})`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
