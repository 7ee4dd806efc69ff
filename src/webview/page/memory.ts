/**
 * Stores the scroll position, the focus and unconfirmed text beyond the page's end, because VS Code recreates
 * the page each time it is shown.
 */
import type { ContactKey } from '../../protocol/contactKey';
import type { PanelState } from '../../protocol/state';
import { storedTyping, storeTyping } from './tabMemory';
import { startTyping, type Typing } from './typing';
import type { Caret, VsCode } from './vsCode';

const pause = 150;
/** True after the stored position was restored; from then on, changes are stored. */
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
      // Without the form there is no position to store.
      if (now !== undefined && isRestored) vscode.setState({ ...now, ...place() });
    }, pause);
  };
  window.addEventListener('scroll', note, { passive: true });
  for (const type of ['focusin', 'focusout', 'selectionchange']) document.addEventListener(type, note);
}

/**
 * Stores unconfirmed text without delay: at each keystroke before it is posted, and after the host has
 * confirmed it.
 */
export function keepTyping(vscode: VsCode, identity: ContactKey, typing: Typing): void {
  storeTyping(identity, typing);
  const { typing: _, ...known } = { typing: undefined, ...(vscode.getState() ?? identity) };
  const kept = typing.typed.length > 0 ? { typing } : {};
  vscode.setState({ ...known, ...(isRestored ? place() : {}), ...kept });
}

/** Returns the unconfirmed text of an earlier page of this contact, with that page's identifier. */
export function recallTyping(vscode: VsCode, identity: ContactKey): Typing {
  const typing = storedTyping(identity) ?? vscode.getState()?.typing;
  return typing !== undefined && typing.typed.length > 0 ? typing : startTyping();
}

export function wasHere(vscode: VsCode): boolean {
  const { scroll, focus } = vscode.getState() ?? {};
  return Boolean(scroll || focus);
}

/** Keeps the stored position while the form is absent. */
export function leave(): void {
  isRestored = false;
}

/**
 * Restores scroll position and focus when the form appears, unless the user has moved the focus since.
 * @param isWhole true if no part of the form is missing: until then, the stored focus may be in a missing part
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
  // The focus stays in another part of VS Code.
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

/** Other inputs have no selection and throw when one is set. */
const isText = (element: Element | null): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && ['text', 'tel'].includes(element.type));
