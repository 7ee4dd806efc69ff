import type { DraftLine } from '../protocol/state';
import { usePanel } from './panelContext';

/** What was typed, to be read and copied while there is no form for it. */
export function Draft({ lines }: { readonly lines: readonly DraftLine[] }) {
  const { strings } = usePanel();
  if (lines.length === 0) return null;
  return (
    <section class="column">
      <h2>{strings.yourDraft}</h2>
      <dl>
        {lines.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd dir="auto">{value === '' ? <em>{strings.emptyValue}</em> : value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
