import type { DraftLine } from '../../protocol/state';
import { usePanel } from './panelContext';
import { Time } from './time';

/** Unsaved text to read and copy while there is no form for it. */
export function Draft({ lines }: { readonly lines: readonly DraftLine[] }) {
  const { strings } = usePanel();
  if (lines.length === 0) return null;
  return (
    <section class="column">
      <h2>{strings.yourDraft}</h2>
      <Lines lines={lines} />
    </section>
  );
}

export function Lines({ lines }: { readonly lines: readonly DraftLine[] }) {
  return (
    <dl>
      {lines.map((line, index) => (
        <div key={index}>
          <dt>{line.label}</dt>
          <dd dir="auto">
            <Value line={line} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ line: { value, time } }: { readonly line: DraftLine }) {
  const { strings } = usePanel();
  if (value === '') return <em>{strings.emptyValue}</em>;
  return time ? <Time value={value} /> : value;
}
