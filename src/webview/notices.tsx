import { clip } from '../base/text';
import type { PanelBody } from '../protocol/state';
import { maxLength } from './parts/text';

/** Notices about the last save and about other users' changes, which are announced once and stay visible. */
export function Notices({ body }: { readonly body: PanelBody }) {
  const lines =
    body.kind === 'ready' ? [...body.notices, ...(body.save.kind === 'saved' ? body.save.notes : [])] : [];
  return (
    <div class="notices" aria-live="polite">
      {lines.length > 0 && (
        <ul>
          {lines.map((line) => (
            <li key={line} dir="auto">
              {clip(line, maxLength.value)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
