/** Keys that VS Code and the page both handle. */

const isMac = navigator.platform.startsWith('Mac');

/** Returns true if the key is pressed with Ctrl, on macOS with Command, and not with Alt. */
export const isWithControl = ({ altKey, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  !altKey && (isMac ? metaKey : ctrlKey);

/** Select All, Undo and Redo. */
const fieldKeys = ['a', 'z', 'y'];

/**
 * Leaves these keys in a text field to the browser. VS Code, which listens on the window, would carry them out some
 * milliseconds later, and select, replace or undo what was typed in between.
 */
export function keepFieldKeys(): void {
  document.addEventListener('keydown', (event) => {
    const { target } = event;
    const isInField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (isInField && isWithControl(event) && fieldKeys.includes(event.key.toLowerCase()))
      event.stopPropagation();
  });
}
