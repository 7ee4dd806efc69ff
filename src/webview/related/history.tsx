import { useLayoutEffect, useRef } from 'preact/hooks';
import { clip } from '../../base/text';
import type { HistoryState } from '../../protocol/related';
import { Icon } from '../parts/icon';
import { formatNumber } from '../parts/locale';
import { usePanel } from '../parts/panelContext';
import { PartNotice } from '../parts/partNotice';
import { maxLength } from '../parts/text';
import { Time } from '../parts/time';
import { fill } from '../shared/text';

const step = 10;

/** The history, the newest event first; it is read when the user expands it. */
export function History({ history }: { readonly history: HistoryState }) {
  const { strings, actions } = usePanel();
  const { unfolded, loading, events, more, problem } = history;
  const list = useRef<HTMLUListElement>(null);
  const asked = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    if (asked.current === undefined || events.length <= asked.current) return;
    const first = list.current?.children[asked.current];
    if (first instanceof HTMLElement) first.focus();
    asked.current = undefined;
  }, [events.length]);
  const showMore = () => {
    asked.current = events.length;
    actions.post({ type: 'history', act: 'more' });
  };
  return (
    <section class="relationship" aria-busy={loading || undefined}>
      <h3>
        <button
          type="button"
          class="fold"
          id="history"
          aria-expanded={unfolded ? 'true' : 'false'}
          onClick={() => actions.post({ type: 'history', act: 'fold' })}
        >
          <Icon name={unfolded ? 'down' : 'right'} />
          {strings.history}
        </button>
      </h3>
      {unfolded && (
        <>
          <p class="outcome" role="status">
            {loading ? strings.reading : ''}
          </p>
          {events.length > 0 && (
            <ul ref={list}>
              {events.map((event, index) => (
                <li key={index} tabIndex={-1}>
                  <div class="related-text">
                    <p dir="auto">
                      <Time value={event.time} />
                      {event.title !== '' && ` · ${clip(event.title, maxLength.line)}`}
                    </p>
                    {event.changes.map((change, at) => (
                      <p class="detail" dir="auto" key={at}>
                        {clip(change, maxLength.line)}
                      </p>
                    ))}
                  </div>
                </li>
              ))}
            </ul>
          )}
          {problem !== undefined && (
            <PartNotice problem={problem}>
              <button type="button" class="secondary" onClick={showMore}>
                {strings.retry}
              </button>
            </PartNotice>
          )}
          {!loading && !more && events.length === 0 && problem === undefined && (
            <p class="empty">{strings.none}</p>
          )}
          {more && (
            <button type="button" class="link" disabled={loading} onClick={showMore}>
              {fill(strings.showMore, formatNumber(step))}
            </button>
          )}
        </>
      )}
    </section>
  );
}
