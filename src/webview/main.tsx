/** The panel's page: takes states from the host, draws them, and posts what the person does. */
import { render } from 'preact';
import type { PanelIntent } from '../protocol/intents';
import type { StateMessage } from '../protocol/state';
import { ContactPage } from './contactPage';
import type { PanelActions } from './panelContext';
import { canSave, edit, hasJustFailed, receive, type View } from './view';
import './style.css';

declare function acquireVsCodeApi(): { postMessage(message: PanelIntent): void };

const vscode = acquireVsCodeApi();
const root = document.getElementById('root') ?? document.body;
const announcedFor = 2000;
let view: View | undefined;
let announcement = '';
let silence: ReturnType<typeof setTimeout> | undefined;

const actions: PanelActions = {
  edit(field, value) {
    if (view === undefined) return;
    view = edit(view, field, value);
    vscode.postMessage({ type: 'edit', field, value, revision: view.revision });
    draw();
  },
  save() {
    if (view === undefined || !canSave(view)) return;
    view = { ...view, asked: true };
    vscode.postMessage({ type: 'save' });
    draw();
  },
  post: (intent) => vscode.postMessage(intent),
  announce(text) {
    clearTimeout(silence);
    // Emptied again, so that the same words said twice are a change both times.
    silence = setTimeout(() => say(''), announcedFor);
    say(text);
  },
};

function say(text: string): void {
  announcement = text;
  draw();
}

/** Drawn at once and in one go: what is typed next must meet the fields as they are. */
function draw(): void {
  if (view !== undefined)
    render(<ContactPage view={view} actions={actions} announcement={announcement} />, root);
}

function show(state: StateMessage['state']): void {
  // The text that stood there before the script is nobody's to update.
  if (view === undefined) root.replaceChildren();
  const before = view;
  view = receive(before, state);
  document.documentElement.lang = state.strings.language;
  draw();
  if (hasJustFailed(before, view)) showFailure();
}

function showFailure(): void {
  const invalid = root.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (invalid === null) root.querySelector('.problem')?.scrollIntoView({ block: 'nearest' });
  else invalid.focus();
}

function isStateMessage(message: unknown): message is StateMessage {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'state';
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isStateMessage(data)) show(data.state);
});

window.addEventListener('keydown', (event) => {
  // The host's keybinding saves; a browser around it must not offer to save the page.
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') event.preventDefault();
});

vscode.postMessage({ type: 'ready' });
