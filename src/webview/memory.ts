/** Where the person was: kept while the page is away, as VS Code makes it anew each time it is shown. */
import type { PanelState } from '../protocol/state';
import type { VsCode } from './vsCode';

const pause = 150;
let restored = false;
let following = false;
let timer: ReturnType<typeof setTimeout> | undefined;

export function keep(vscode: VsCode, { identity }: PanelState): void {
  const known = vscode.getState();
  if (known?.contactId !== identity.contactId || known.origin !== identity.origin) vscode.setState(identity);
  if (following) return;
  following = true;
  const note = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = vscode.getState();
      // Before the form is drawn there is nowhere to be.
      if (now !== undefined && restored) {
        vscode.setState({ ...now, scroll: window.scrollY, focus: document.activeElement?.id ?? '' });
      }
    }, pause);
  };
  window.addEventListener('scroll', note, { passive: true });
  document.addEventListener('focusin', note);
  document.addEventListener('focusout', note);
}

export function wasHere(vscode: VsCode): boolean {
  const { scroll, focus } = vscode.getState() ?? {};
  return Boolean(scroll || focus);
}

/** Once, when the form is first there. */
export function restore(vscode: VsCode): void {
  if (restored) return;
  restored = true;
  const { scroll, focus } = vscode.getState() ?? {};
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  if (scroll) window.scrollTo({ top: scroll, behavior: 'instant' });
}
