import { clip } from '../../base/text';
import { toMoment } from './moments';
import { maxLength } from './text';

/** A timestamp in local form, with the original and the full form on hover. */
export function Time({ value }: { readonly value: string }) {
  const moment = toMoment(value);
  if (moment === undefined) return <bdi>{clip(value, maxLength.line)}</bdi>;
  return (
    <time dateTime={value} title={`${value}\n${moment.full}`}>
      {moment.short}
    </time>
  );
}
