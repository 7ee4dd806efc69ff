import type { PanelBody } from '../protocol/state';
import { clip, longest } from './text';

/** What happened by itself, or with the last save: said once, and there to be read. */
export function Notices({ body }: { readonly body: PanelBody }) {
  const lines =
    body.kind === 'ready' ? [...body.notices, ...(body.save.kind === 'saved' ? body.save.notes : [])] : [];
  return (
    <div class="notices" aria-live="polite">
      {lines.length > 0 && (
        <ul>
          {lines.map((line) => (
            <li key={line} dir="auto">
              {clip(line, longest.value)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
