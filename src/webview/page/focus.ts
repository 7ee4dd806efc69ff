/** Moves the focus nearby when the focused element disappears or is disabled. */

interface Place {
  readonly element: Element;
  readonly part: Element | null;
}

const parts = '.field, form, section';
const focusable = ':is(button, input, select, textarea):enabled, [tabindex]';
const longestSelected = 10_000;
let lost: Place | undefined;

export function drawWithFocus(draw: () => void): void {
  const { activeElement } = document;
  if (activeElement !== null && activeElement !== document.body)
    lost = { element: activeElement, part: activeElement.closest(parts) };
  const selection = selectionIn(activeElement);
  draw();
  // A value that comes from elsewhere would put the caret to its end.
  if (selection && selection.field.value !== selection.value)
    selection.field.setSelectionRange(...selection.range);
  // Components with a better target move the focus first, some of them shortly after drawing.
  setTimeout(settle);
}

/** The selection of a text field; other fields have none. Finding it in a million characters takes the browser seconds. */
function selectionIn(element: Element | null) {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return undefined;
  const { value } = element;
  if (value.length > longestSelected) return undefined;
  const { selectionStart, selectionEnd } = element;
  if (selectionStart === null || selectionEnd === null) return undefined;
  return { field: element, value, range: [selectionStart, selectionEnd] as const };
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
