/** The page of the panel: receives states from the host, draws them, and posts the user's intents. */
import { render } from 'preact';
import { withDelta } from '../protocol/delta';
import type { ChangeMessage, FocusMessage, PanelState, StateMessage } from '../protocol/state';
import { ContactPage } from './contactPage';
import { drawWithFocus } from './page/focus';
import { keep, keepTyping, leave, recallTyping, restore, wasHere } from './page/memory';
import { withoutTyped } from './page/typing';
import {
  canSave,
  choose,
  conflictsOf,
  edit,
  firstUndecided,
  hasJustFailed,
  hasTypedOn,
  isAskedInConflict,
  isNewConflict,
  note,
  receive,
  type View,
} from './page/view';
import type { VsCode } from './page/vsCode';
import type { PanelActions } from './parts/panelContext';
import { focusOn } from './related/relationship';
import { isWithControl, keepFieldKeys } from './shared/keys';
import { beginPage } from './shared/page';
import styles from './style.css';

declare function acquireVsCodeApi(): VsCode;

const vscode = acquireVsCodeApi();
let returning = wasHere(vscode);
const root = beginPage(styles);
const announcedFor = 2000;
let view: View | undefined;
/** The host's last state, by its number; undefined while the whole of it is asked for. */
let known: Pick<StateMessage, 'version' | 'state'> | undefined;
let announcement = '';
let silence: ReturnType<typeof setTimeout> | undefined;

/** Handles a keystroke: stores it, posts it, then draws it. */
function typeOn(next: View): void {
  view = next;
  const { typing, state } = next;
  keepTyping(vscode, state.identity, typing);
  const last = typing.typed.at(-1);
  if (last !== undefined) vscode.postMessage(last);
  draw();
}

const actions: PanelActions = {
  edit(field, value) {
    if (view !== undefined) typeOn(edit(view, field, value));
  },
  note(typed) {
    if (view !== undefined) typeOn(note(view, typed));
  },
  save() {
    if (view === undefined || !canSave(view)) return;
    const choices = [...view.choices.values()];
    const conflicts = conflictsOf(view).length > 0;
    view = { ...view, asked: true };
    vscode.postMessage(conflicts ? { type: 'resolve', choices } : { type: 'save' });
    draw();
  },
  choose(choice) {
    if (view !== undefined) typeOn(choose(view, choice));
  },
  chooseAll(choice) {
    if (view === undefined) return;
    const choices = conflictsOf(view).map(({ name, conflict }) => ({
      field: name,
      theirs: conflict.theirs,
      choice,
    }));
    view = { ...view, asked: true };
    vscode.postMessage({ type: 'resolve', choices });
    draw();
  },
  post(intent) {
    // A later page must not restore discarded text.
    if (view !== undefined && intent.type === 'revert')
      keepTyping(vscode, view.state.identity, withoutTyped(view.typing));
    if (view !== undefined && intent.type === 'interactionDo' && intent.act === 'drop')
      keepTyping(vscode, view.state.identity, withoutTyped(view.typing, intent.interactionId));
    vscode.postMessage(intent);
  },
  announce(text) {
    clearTimeout(silence);
    // The live region is emptied, so that the same text is a change again.
    silence = setTimeout(() => say(''), announcedFor);
    say(text);
  },
};

/**
 * Draws after the caller has ended: an effect that announces would otherwise run again in its own drawing.
 */
function say(text: string): void {
  announcement = text;
  queueMicrotask(draw);
}

/** Draws synchronously and completely, so that the next keystroke meets the current fields. */
function draw(): void {
  if (view === undefined) return;
  const page = (
    <ContactPage view={view} actions={actions} announcement={announcement} returning={returning} />
  );
  drawWithFocus(() => render(page, root));
}

/** Applies a change to the known state, or asks for the whole state if the change belongs to another one. */
function change({ version, delta }: ChangeMessage): void {
  if (known?.version !== version - 1) {
    // A page that has just begun has asked already.
    if (known) vscode.postMessage({ type: 'ready' });
    known = undefined;
    return;
  }
  known = { version, state: withDelta(known.state, delta) as PanelState };
  show(known.state);
}

function show(state: PanelState): void {
  // Preact does not know the text that was in the document before the script.
  if (view === undefined) root.replaceChildren();
  const before = view;
  const { identity } = state;
  const typing = before?.typing ?? recallTyping(vscode, identity);
  view = receive(before, state, typing);
  const isReady = state.body.kind === 'ready';
  const isWhole = state.body.kind === 'ready' && state.body.freshness?.kind !== 'checking';
  if (!isReady) leave();
  document.documentElement.lang = state.strings.language;
  draw();
  keep(vscode, state);
  // Unconfirmed intents are posted in the order in which they were typed. The host ignores those that it has
  // handled.
  if (before === undefined) for (const typed of typing.typed) vscode.postMessage(typed);
  if (view.typing.typed.length < typing.typed.length) keepTyping(vscode, identity, view.typing);
  if (isReady) restore(vscode, isWhole);
  returning ||= isReady;
  if (isNewConflict(before, view)) {
    // Whoever types on in another field stays there: the next characters would be lost, or choose an answer.
    const isTyping = hasTypedOn(before, view) && document.activeElement?.matches('input, textarea');
    if (!isTyping) root.querySelector<HTMLElement>('.conflict input')?.focus();
  } else if (isAskedInConflict(before, view)) goOn(view, before?.asked === true);
  else if (hasJustFailed(before, view)) showFailure();
}

/**
 * Continues a save that was requested outside the page, by a key or in the Command Palette, with the answers
 * of this page.
 */
function goOn(now: View, asked: boolean): void {
  const undecided = firstUndecided(now);
  if (undecided !== undefined) document.getElementById(`${undecided}-mine`)?.focus();
  // The host already has this page's answers, so they are not sent twice.
  else if (!asked) actions.save();
}

function showFailure(): void {
  const invalid = root.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (invalid !== null) {
    invalid.focus();
    return;
  }
  const problem = root.querySelector('.problem');
  problem?.scrollIntoView({ block: 'nearest' });
  // Retry removed its problem, and the focus moved to the heading.
  if (document.activeElement?.matches('h1')) problem?.querySelector<HTMLElement>('.buttons button')?.focus();
}

const isOf = (type: string, message: unknown) =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === type;
const isStateMessage = (message: unknown): message is StateMessage => isOf('state', message);
const isChangeMessage = (message: unknown): message is ChangeMessage => isOf('change', message);
const isFocusMessage = (message: unknown): message is FocusMessage => isOf('focus', message);

let isWanted = false;

/** Focuses the first field, or the heading if there is none. */
function focusForm(): void {
  if (!isWanted || view?.state.body.kind !== 'ready') return;
  isWanted = false;
  const field = root.querySelector<HTMLElement>('main :is(input, textarea):enabled');
  (field ?? root.querySelector('h1'))?.focus();
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isStateMessage(data)) {
    known = data;
    show(data.state);
  } else if (isChangeMessage(data)) change(data);
  else if (isFocusMessage(data)) {
    isWanted = data.relationship === undefined;
    focusOn(data.relationship);
    draw();
  }
  focusForm();
});

/**
 * Keys of VS Code that a surrounding browser also uses: Save, and both keys of Find Contact. VS Code still
 * receives them. On macOS, Ctrl+K belongs to text fields.
 */
const hostKeys = ['s', 'k', 'g'];

window.addEventListener('keydown', (event) => {
  if (isWithControl(event) && hostKeys.includes(event.key.toLowerCase())) event.preventDefault();
});
keepFieldKeys();

vscode.postMessage({ type: 'ready' });
