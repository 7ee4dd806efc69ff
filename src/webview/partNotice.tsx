import type { ComponentChildren } from 'preact';
import type { PartProblem } from '../protocol/related';
import { CopyButton } from './copyButton';
import { Icon, type IconName } from './icon';
import { usePanel } from './panelContext';
import { clip, maxLength } from './text';

interface NoticeProps {
  readonly problem: PartProblem;
  readonly icon?: IconName;
  /** The actions that help. */
  readonly children?: ComponentChildren;
}

/** An error in one part of the panel, shown there; the other parts keep working. */
export function PartNotice({
  problem: { message, details, traceId },
  icon = 'error',
  children,
}: NoticeProps) {
  const { strings } = usePanel();
  return (
    <div class="part-notice">
      <Icon name={icon} />
      <div>
        <div role="alert">
          {[message, ...details].map((line, index) => (
            <p key={index} dir="auto">
              {clip(line, maxLength.value)}
            </p>
          ))}
        </div>
        {traceId !== undefined && (
          <p class="trace">
            {strings.traceId} <bdi class="code">{clip(traceId, maxLength.line)}</bdi>
            <CopyButton id={traceId} name={strings.copyTraceId} />
          </p>
        )}
        <div class="buttons">{children}</div>
      </div>
    </div>
  );
}
