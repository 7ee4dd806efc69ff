import { clip } from '../../base/text';
import { CopyButton } from './copyButton';
import { usePanel } from './panelContext';
import { maxLength } from './text';

/** The ID of a failed request, by which the people of Ctrl Hub find it in their logs. */
export function TraceId({ value }: { readonly value: string }) {
  const { strings } = usePanel();
  return (
    <p class="trace">
      {strings.traceId} <bdi class="code">{clip(value, maxLength.line)}</bdi>
      <CopyButton id={value} name={strings.copyTraceId} />
    </p>
  );
}
