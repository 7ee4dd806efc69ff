import { useLayoutEffect, useRef } from 'preact/hooks';
import { clip } from '../../base/text';
import type { ConflictChoice } from '../../protocol/fields';
import { maxValueLength } from '../../protocol/fields';
import type { ConflictState, FieldState } from '../../protocol/state';
import { holds, type View } from '../page/view';
import { Full, isFull } from '../parts/full';
import { usePanel } from '../parts/panelContext';
import { maxLength, oneLine } from '../parts/text';
import { Time } from '../parts/time';
import { fill } from '../shared/text';

interface ConflictProps {
  readonly view: View;
  readonly field: FieldState;
  readonly conflict: ConflictState;
}

/** A field in conflict: the previous value, mine and theirs next to each other, and a third value. */
export function Conflict({ view, field, conflict }: ConflictProps) {
  const { strings, actions } = usePanel();
  const { name, label } = field;
  const chosen = view.choices.get(name);
  const other = chosen?.choice === 'other' ? chosen.value : undefined;
  // A third value stays in its field while another answer is selected.
  const typed = useRef(conflict.mine);
  if (other !== undefined) typed.current = other;
  const place = useRef<HTMLFieldSetElement>(null);
  useLayoutEffect(() => {
    const choices = place.current;
    // After the answer, the focus moves to the field that takes this place.
    return () => {
      if (choices?.contains(document.activeElement)) setTimeout(() => document.getElementById(name)?.focus());
    };
  }, []);
  const option = (choice: ConflictChoice['choice'], text: string, value: string | undefined) => {
    const id = `${name}-${choice}`;
    return (
      <div class="option">
        <input
          type="radio"
          id={id}
          name={`${name}-choice`}
          checked={chosen?.choice === choice && holds(chosen, conflict)}
          aria-describedby={value === undefined ? undefined : `${id}-value`}
          onChange={() =>
            actions.choose({
              field: name,
              theirs: conflict.theirs,
              ...(choice === 'other' ? { choice, value: typed.current } : { choice }),
            })
          }
        />
        <label for={id}>{text}</label>
        {value !== undefined && (
          <span class="value" id={`${id}-value`}>
            <Value value={value} />
            {choice === 'theirs' && conflict.by !== undefined && <By {...conflict.by} />}
          </span>
        )}
      </div>
    );
  };
  return (
    <fieldset class="conflict" ref={place}>
      <legend>{label}</legend>
      <p class="before">
        <span>{strings.before}</span>
        <span class="value">
          <Value value={conflict.before} />
        </span>
      </p>
      {option('mine', strings.mine, conflict.mine)}
      {option('theirs', strings.theirs, conflict.theirs)}
      {option('other', strings.other, undefined)}
      {other !== undefined && <Full id={`${name}-other-full`} value={other} />}
      {other !== undefined && (
        <input
          type="text"
          class="other"
          aria-label={fill(strings.otherValue, label)}
          dir="auto"
          maxLength={maxValueLength}
          aria-describedby={isFull(other) ? `${name}-other-full` : undefined}
          value={oneLine(other)}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) =>
            actions.choose({
              field: name,
              theirs: conflict.theirs,
              choice: 'other',
              value: event.currentTarget.value,
            })
          }
        />
      )}
    </fieldset>
  );
}

function By({ who, time }: NonNullable<ConflictState['by']>) {
  const [before = '', after = ''] = usePanel().strings.changedBy.split('{1}');
  const named = (text: string) => fill(text, clip(who, maxLength.line));
  return (
    <small dir="auto">
      {named(before)}
      <Time value={time} />
      {named(after)}
    </small>
  );
}

function Value({ value }: { readonly value: string }) {
  const { strings } = usePanel();
  return value === '' ? <em>{strings.emptyValue}</em> : <bdi>{clip(value, maxLength.value)}</bdi>;
}
