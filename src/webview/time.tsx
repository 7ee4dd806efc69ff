import { toMoment } from './moments';
import { clip, longest } from './text';

/** A moment as the person writes it; on hover as it was given, and in full. */
export function Time({ value }: { readonly value: string }) {
  const moment = toMoment(value);
  if (moment === undefined) return <bdi>{clip(value, longest.line)}</bdi>;
  return (
    <time dateTime={value} title={`${value}\n${moment.full}`}>
      {moment.short}
    </time>
  );
}
