import type { LabelPart, RelatedState } from '../protocol/state';
import { CopyButton } from './copyButton';
import { toMoment } from './moments';
import { usePanel } from './panelContext';
import { clip, fill, longest } from './text';
import { Time } from './time';

export function RelatedItem({ item }: { readonly item: RelatedState }) {
  const { strings } = usePanel();
  return (
    <li>
      <div class="related-text">
        <p dir="auto">
          {item.label.map((part, index) => (
            <Part key={index} part={part} />
          ))}
        </p>
        {item.detail !== undefined && (
          <p class="detail" dir="auto">
            {clip(item.detail, longest.value)}
          </p>
        )}
      </div>
      <CopyButton what="id" id={item.id} name={fill(strings.copyId, textOf(item.label))} />
    </li>
  );
}

function Part({ part }: { readonly part: LabelPart }) {
  return typeof part === 'string' ? clip(part, longest.line) : <Time value={part.time} />;
}

function textOf(label: readonly LabelPart[]): string {
  const text = label.map((part) =>
    typeof part === 'string' ? part : (toMoment(part.time)?.short ?? part.time),
  );
  return clip(text.join(''), longest.line);
}
