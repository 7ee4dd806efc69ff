/**
 * Where the person was, and what the host has not taken yet: kept over the page's end, as VS Code makes the
 * page anew each time it is shown.
 */
import type { PanelIdentity, PanelState } from '../protocol/state';
import { storedTyping, storeTyping } from './tabMemory';
import { startTyping, type Typing } from './typing';
import type { Caret, VsCode } from './vsCode';

const pause = 150;
/** The person is where the memory has them: from then on it follows them. */
let isRestored = false;
let wasRestored = false;
let isFollowing = false;
let timer: ReturnType<typeof setTimeout> | undefined;

export function keep(vscode: VsCode, { identity }: PanelState): void {
  const known = vscode.getState();
  if (known?.contactId !== identity.contactId || known.origin !== identity.origin) vscode.setState(identity);
  if (isFollowing) return;
  isFollowing = true;
  const note = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = vscode.getState();
      // Before the form is drawn there is nowhere to be.
      if (now !== undefined && isRestored) vscode.setState({ ...now, ...place() });
    }, pause);
  };
  window.addEventListener('scroll', note, { passive: true });
  for (const type of ['focusin', 'focusout', 'selectionchange']) document.addEventListener(type, note);
}

/** At each keystroke, before it is sent, and when the host has taken it: nothing waits here for a timer. */
export function keepTyping(vscode: VsCode, identity: PanelIdentity, typing: Typing): void {
  storeTyping(identity, typing);
  const { typing: _, ...known } = { typing: undefined, ...(vscode.getState() ?? identity) };
  const kept = typing.typed.length > 0 ? { typing } : {};
  vscode.setState({ ...known, ...(isRestored ? place() : {}), ...kept });
}

/** What an earlier page of this contact did not see taken: this page goes on in its name. */
export function recallTyping(vscode: VsCode, identity: PanelIdentity): Typing {
  const typing = storedTyping(identity) ?? vscode.getState()?.typing;
  return typing !== undefined && typing.typed.length > 0 ? typing : startTyping();
}

export function wasHere(vscode: VsCode): boolean {
  const { scroll, focus } = vscode.getState() ?? {};
  return Boolean(scroll || focus);
}

/** The form is gone: the memory stays as it is until the form is there again. */
export function leave(): void {
  isRestored = false;
}

/**
 * When the form is first there, or there again: but nothing is taken from where the person went meanwhile.
 * @param isWhole all of it is there: until then the person may have been in a part that is still to come
 */
export function restore(vscode: VsCode, isWhole: boolean): void {
  if (isRestored) return;
  const { scroll, focus, caret } = vscode.getState() ?? {};
  if (!isWhole && focus && document.getElementById(focus) === null) return;
  isRestored = true;
  const isFirst = !wasRestored;
  wasRestored = true;
  const { activeElement } = document;
  if (activeElement !== null && !activeElement.matches('body, h1')) return;
  // From another part of VS Code the focus is not taken.
  if (!isFirst && !document.hasFocus()) return;
  const element = focus ? document.getElementById(focus) : null;
  element?.focus({ preventScroll: true });
  if (caret && isText(element)) element.setSelectionRange(...caret);
  if (scroll) window.scrollTo({ top: scroll, behavior: 'instant' });
}

function place(): { readonly scroll: number; readonly focus: string; readonly caret?: Caret } {
  const { activeElement } = document;
  const { selectionStart, selectionEnd } = isText(activeElement) ? activeElement : {};
  const hasCaret = typeof selectionStart === 'number' && typeof selectionEnd === 'number';
  return {
    scroll: window.scrollY,
    focus: activeElement?.id ?? '',
    ...(hasCaret ? { caret: [selectionStart, selectionEnd] } : {}),
  };
}

/** Other inputs have no selection, and throw when they are asked to set one. */
const isText = (element: Element | null): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && ['text', 'tel'].includes(element.type));
