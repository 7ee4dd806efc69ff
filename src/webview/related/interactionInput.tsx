import { clip } from '../../base/text';
import { maxValueLength } from '../../protocol/fields';
import type { InteractionFieldState } from '../../protocol/related';
import { directionOf, maxLength } from '../parts/text';
import { fromLocal, toLocal } from './localTime';

interface InputProps {
  readonly id: string;
  readonly field: InteractionFieldState;
  readonly value: string;
  readonly locked: boolean;
  /** IDs separated by spaces, or ''. */
  readonly describedBy: string;
  onType(value: string): void;
}

export function InteractionInput({
  id,
  field: { kind, options },
  value,
  locked,
  describedBy,
  onType,
}: InputProps) {
  const common = { id, disabled: locked, 'aria-describedby': describedBy || undefined };
  switch (kind) {
    case 'choice':
      return (
        <select {...common} value={value} onChange={(event) => onType(event.currentTarget.value)}>
          {options?.map((option) => (
            <option key={option.value} value={option.value}>
              {clip(option.label, maxLength.line)}
            </option>
          ))}
        </select>
      );
    case 'check':
      return (
        <input
          {...common}
          type="checkbox"
          checked={value === 'true'}
          onChange={(event) => onType(String(event.currentTarget.checked))}
        />
      );
    case 'notes':
      return (
        <textarea
          {...common}
          dir={directionOf(value)}
          rows={4}
          maxLength={maxValueLength}
          value={value}
          onInput={(event) => onType(event.currentTarget.value)}
        />
      );
    case 'time':
      return (
        <input
          {...common}
          type="datetime-local"
          required
          // A year has four digits, as in RFC 3339: the browser would wait for six.
          min="1000-01-01T00:00"
          max="9999-12-31T23:59"
          value={toLocal(value)}
          onInput={(event) => onType(fromLocal(event.currentTarget.value, value))}
        />
      );
    default:
      return (
        <>
          <input
            {...common}
            type="text"
            dir={directionOf(value)}
            maxLength={maxValueLength}
            value={value}
            autocomplete="off"
            spellcheck={false}
            list={kind === 'suggest' ? `${id}-list` : undefined}
            onInput={(event) => onType(event.currentTarget.value)}
          />
          {kind === 'suggest' && (
            <datalist id={`${id}-list`}>
              {options?.map((option) => (
                <option key={option.value} value={option.value} label={option.label} />
              ))}
            </datalist>
          )}
        </>
      );
  }
}
