import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../parts/icon';
import { formatNumber } from '../parts/locale';
import { usePanel } from '../parts/panelContext';
import { fill } from '../shared/text';

const second = 1000;
const left = (until: number) => Math.max(0, Math.ceil((until - Date.now()) / second));

/**
 * Counts down to the next attempt. Only the start is announced: a number every second would disturb users of
 * screen readers.
 */
export function Waiting({ until }: { readonly until: number }) {
  const { strings } = usePanel();
  const [first] = useState(() => left(until));
  const [seconds, setSeconds] = useState(first);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left(until)), second);
    return () => clearInterval(timer);
  }, [until]);
  return (
    <>
      <Icon name="sync" />
      <span class="hidden">{fill(strings.waiting, formatNumber(first))}</span>
      <span aria-hidden="true">{fill(strings.waiting, formatNumber(seconds))}</span>
    </>
  );
}
