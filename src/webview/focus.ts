/** Moves the focus nearby when the focused element disappears or is disabled. */

interface Place {
  readonly element: Element;
  readonly part: Element | null;
}

const parts = '.field, form, section';
const focusable = ':is(button, input, select, textarea):enabled, [tabindex]';
let lost: Place | undefined;

export function drawWithFocus(draw: () => void): void {
  const { activeElement } = document;
  if (activeElement !== null && activeElement !== document.body)
    lost = { element: activeElement, part: activeElement.closest(parts) };
  draw();
  // Components with a better target move the focus first, some of them shortly after drawing.
  setTimeout(settle);
}

function settle(): void {
  if (lost === undefined) return;
  const { element, part } = lost;
  if (isUsable(document.activeElement)) lost = undefined;
  // While another part of VS Code has the focus, the move waits until the user returns.
  else if (document.hasFocus() && !mayComeBack(element)) {
    lost = undefined;
    const near = part?.isConnected ? part.querySelector<HTMLElement>(focusable) : null;
    const next = isUsable(element) ? element : (near ?? document.querySelector('h1'));
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  }
}

const isUsable = (element: Element | null) =>
  element?.isConnected === true && element !== document.body && !element.matches(':disabled');

/** True for an element that is disabled only while its part is busy. */
const mayComeBack = (element: Element) =>
  element.isConnected && element.matches(':disabled') && element.closest('[aria-busy="true"]') !== null;

window.addEventListener('focus', settle);
