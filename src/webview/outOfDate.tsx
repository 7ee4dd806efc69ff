import type { FreshnessState } from '../protocol/state';
import { Draft } from './parts/draft';
import { isToday, shortTime, timeAndDate } from './parts/moments';
import { usePanel } from './parts/panelContext';
import { PartNotice } from './parts/partNotice';
import { fill } from './shared/text';

interface OutOfDateProps {
  readonly freshness: Extract<FreshnessState, { kind: 'old' }>;
}

/** The notice above a contact that could not be read. Its earlier values are shown and can be edited. */
export function OutOfDate({ freshness: { since, problem, draft = [] } }: OutOfDateProps) {
  const { strings, actions } = usePanel();
  const time = since && (isToday(since) ? shortTime(since) : timeAndDate(since));
  const words = time === undefined ? strings.outOfDate : fill(strings.outOfDateSince, time);
  const notice = { details: [], ...problem, message: [words, problem?.message].filter(Boolean).join(' ') };
  return (
    <>
      <div class="problem old">
        <PartNotice problem={notice} icon="warning">
          {problem !== undefined && (
            <button type="button" class="secondary" onClick={() => actions.post({ type: 'check' })}>
              {strings.retry}
            </button>
          )}
        </PartNotice>
      </div>
      <Draft lines={draft} />
    </>
  );
}
