import type { ComponentChildren } from 'preact';
import { clip } from '../../base/text';
import type { PartProblem } from '../../protocol/related';
import { Icon, type IconName } from './icon';
import { maxLength } from './text';
import { TraceId } from './traceId';

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
        {traceId !== undefined && <TraceId value={traceId} />}
        <div class="buttons">{children}</div>
      </div>
    </div>
  );
}
