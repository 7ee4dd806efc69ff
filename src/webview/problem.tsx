import { clip } from '../base/text';
import type { ProblemAction, ProblemState } from '../protocol/state';
import type { PanelStrings } from '../protocol/strings';
import { CopyDraft } from './parts/copyButton';
import { Icon } from './parts/icon';
import { usePanel } from './parts/panelContext';
import { maxLength } from './parts/text';
import { TraceId } from './parts/traceId';

const names: Readonly<
  Record<Exclude<ProblemAction, 'copyDraft' | 'saveWithout'>, (strings: PanelStrings) => string>
> = {
  retry: (strings) => strings.retry,
  signIn: (strings) => strings.signIn,
  useSampleData: (strings) => strings.useSampleData,
  showLog: (strings) => strings.showLog,
};

interface ProblemProps {
  readonly problem: ProblemState;
  /** The `attempt` of the state on screen, to which the user agrees. */
  readonly attempt?: number;
}

/** An error and its actions. A screen reader announces the text; the buttons follow it. */
export function Problem({ problem, attempt = 0 }: ProblemProps) {
  const { strings, actions } = usePanel();
  const { message, details, traceId } = problem;
  return (
    <div class="problem">
      <Icon name="error" />
      <div class="problem-body">
        <div role="alert">
          <p class="message" dir="auto">
            {clip(message, maxLength.value)}
          </p>
          {details.length > 0 && (
            <ul>
              {details.map((detail, index) => (
                <li key={index} dir="auto">
                  {clip(detail, maxLength.value)}
                </li>
              ))}
            </ul>
          )}
        </div>
        {traceId !== undefined && <TraceId value={traceId} />}
        {problem.actions.length > 0 && (
          <div class="buttons">
            {problem.actions.map((action, index) => {
              const kind = index === 0 ? 'primary' : 'secondary';
              if (action === 'copyDraft') return <CopyDraft key={action} kind={kind} />;
              const isWithout = action === 'saveWithout';
              return (
                <button
                  key={action}
                  type="button"
                  class={kind}
                  onClick={() => actions.post(isWithout ? { type: action, attempt } : { type: action })}
                >
                  {isWithout ? clip(problem.without ?? '', maxLength.line) : names[action](strings)}
                </button>
              );
            })}
          </div>
        )}
      </div>
    </div>
  );
}
