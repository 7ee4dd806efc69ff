import { longestValue } from '../protocol/limits';
import { formatNumber } from './locale';
import { usePanel } from './panelContext';
import { fill } from './text';

export const isFull = (value: string) => value.length >= longestValue;

/** The browser takes no more into a full field, and says nothing. */
export function Full({ id, value }: { readonly id: string; readonly value: string }) {
  const { strings } = usePanel();
  if (!isFull(value)) return null;
  return (
    <p class="warning" id={id} role="alert">
      {fill(strings.full, formatNumber(longestValue))}
    </p>
  );
}
