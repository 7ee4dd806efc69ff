import { clip } from '../base/text';
import type { AttributeState, TimeState } from '../protocol/state';
import { usePanel } from './parts/panelContext';
import { maxLength } from './parts/text';
import { Time } from './parts/time';

interface DetailsProps {
  readonly attributes: readonly AttributeState[];
  readonly times: readonly TimeState[];
}

/** The read-only details. They take no focus, because they are between the form and Save. */
export function Details({ attributes, times }: DetailsProps) {
  const { strings } = usePanel();
  if (attributes.length + times.length === 0) return null;
  return (
    <section class="details" aria-labelledby="details">
      <h2 id="details">{strings.otherDetails}</h2>
      <dl>
        {attributes.map((attribute) => (
          <div key={attribute.name}>
            <dt dir="auto">{clip(attribute.label, maxLength.line)}</dt>
            <dd>
              <Value attribute={attribute} />
            </dd>
          </div>
        ))}
        {times.map(({ name, label, value }) => (
          <div key={`time ${name}`}>
            <dt>{label}</dt>
            <dd>
              <Time value={value} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Value({ attribute: { value, json } }: { readonly attribute: AttributeState }) {
  const { strings } = usePanel();
  if (value === '') return <span class="empty">{strings.emptyValue}</span>;
  const text = clip(value, maxLength.value);
  return json ? <pre>{text}</pre> : <span dir="auto">{text}</span>;
}
