/** Where the focus goes when what had it is gone or switched off: nearby, never to nowhere. */

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
  // What knows of a better place goes first, some of it a moment after it was drawn.
  setTimeout(settle);
}

/** Of a text field: others have none. To find it in a million characters takes the browser seconds. */
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
  // From another part of VS Code nothing is taken: it goes on when somebody is back here.
  else if (document.hasFocus() && !mayComeBack(element)) {
    lost = undefined;
    const near = part?.isConnected ? part.querySelector<HTMLElement>(focusable) : null;
    const next = isUsable(element) ? element : (near ?? document.querySelector('h1'));
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  }
}

const isUsable = (element: Element | null) =>
  element?.isConnected === true && element !== document.body && !element.matches(':disabled');

/** It is switched off only for as long as its part is at work. */
const mayComeBack = (element: Element) =>
  element.isConnected && element.matches(':disabled') && element.closest('[aria-busy="true"]') !== null;

window.addEventListener('focus', settle);
