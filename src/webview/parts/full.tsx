import { maxValueLength } from '../../protocol/fields';
import { fill } from '../shared/text';
import { formatNumber } from './locale';
import { usePanel } from './panelContext';

export const isFull = (value: string) => value.length >= maxValueLength;

/** Explains a full field, for which the browser ignores further input without a message. */
export function Full({ id, value }: { readonly id: string; readonly value: string }) {
  const { strings } = usePanel();
  if (!isFull(value)) return null;
  return (
    <p class="warning" id={id} role="alert">
      {fill(strings.full, formatNumber(maxValueLength))}
    </p>
  );
}
