import check from '@vscode/codicons/src/icons/check.svg';
import down from '@vscode/codicons/src/icons/chevron-down.svg';
import right from '@vscode/codicons/src/icons/chevron-right.svg';
import unsaved from '@vscode/codicons/src/icons/circle-filled.svg';
import copy from '@vscode/codicons/src/icons/copy.svg';
import discard from '@vscode/codicons/src/icons/discard.svg';
import edit from '@vscode/codicons/src/icons/edit.svg';
import error from '@vscode/codicons/src/icons/error.svg';
import sync from '@vscode/codicons/src/icons/sync.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';

/** Some of VS Code's icons. The whole font would be five times as large as the rest of the panel. */
const icons = { check, copy, discard, down, edit, error, right, sync, unsaved, warning } as const;
export type IconName = keyof typeof icons;

/** Returns the paths of an icon's SVG. */
const outlines = (name: IconName) => [...icons[name].matchAll(/ d="([^"]+)"/g)].map(([, d]) => d);

/** An icon next to a text, never instead of one. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {outlines(name).map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
}
