import { clip } from '../../base/text';
import type { FieldName } from '../../protocol/fields';
import { maxValueLength } from '../../protocol/fields';
import type { FieldState } from '../../protocol/state';
import { Full, isFull } from '../parts/full';
import { Icon } from '../parts/icon';
import { usePanel } from '../parts/panelContext';
import { directionOf, maxLength, oneLine } from '../parts/text';
import { fill } from '../shared/text';

// An email address is plain text, too. In `type="email"`, browsers rewrite it (they trim white space and
// convert an international domain to ASCII), so that the sent value would differ from the typed one.
const keyboards: Readonly<Record<FieldName, 'text' | 'email' | 'tel'>> = {
  first_name: 'text',
  last_name: 'text',
  email: 'email',
  telephone: 'tel',
};

interface FieldProps {
  readonly field: FieldState;
  /** The typed value, which may be newer than the state. */
  readonly value: string;
  readonly readOnly: boolean;
}

export function Field({ field, value, readOnly: allReadOnly }: FieldProps) {
  const { strings, actions } = usePanel();
  const readOnly = allReadOnly || field.readOnly === true;
  const { name, label, saved, readable, error, hint, warning } = field;
  const changed = value !== saved;
  // A typed value loses the mark at once, before the host confirms it.
  const proposed = changed && value === field.value ? field.proposed : undefined;
  const notes = [
    changed ? `${name}-was` : readable !== undefined && `${name}-readable`,
    isFull(value) && `${name}-full`,
    proposed !== undefined && `${name}-proposed`,
    error !== undefined && `${name}-error`,
    warning !== undefined && `${name}-warning`,
    hint !== undefined && `${name}-hint`,
  ]
    .filter(Boolean)
    .join(' ');
  const revert = () => {
    actions.edit(name, saved);
    // The button has disappeared; the focus stays with its field.
    document.getElementById(name)?.focus();
  };
  return (
    <div class={changed ? 'field changed' : 'field'}>
      <div class="field-head">
        <label for={name}>{label}</label>
        {!changed && readable !== undefined && (
          <span class="readable" id={`${name}-readable`} dir="ltr">
            {readable}
          </span>
        )}
        {changed && (
          <span class="was">
            <span id={`${name}-was`}>
              <Was saved={saved} />
            </span>
            <button
              type="button"
              class="icon-button"
              aria-label={fill(strings.revertField, label)}
              title={fill(strings.revertField, label)}
              disabled={readOnly}
              onClick={revert}
            >
              <Icon name="discard" />
            </button>
          </span>
        )}
      </div>
      <input
        id={name}
        name={name}
        {...(name === 'telephone' ? { type: 'tel' } : { type: 'text' })}
        inputMode={keyboards[name]}
        dir={directionOf(value)}
        maxLength={maxValueLength}
        value={oneLine(value)}
        readOnly={readOnly}
        autocomplete="off"
        spellcheck={false}
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={notes === '' ? undefined : notes}
        onInput={({ currentTarget }) =>
          actions.edit(name, currentTarget.value === oneLine(saved) ? saved : currentTarget.value)
        }
      />
      <Full id={`${name}-full`} value={value} />
      {proposed !== undefined && (
        <p class="hint" id={`${name}-proposed`}>
          {proposed}
        </p>
      )}
      {error !== undefined && (
        <p class="error" id={`${name}-error`}>
          <Icon name="error" />
          <span dir="auto">{clip(error, maxLength.value)}</span>
        </p>
      )}
      {warning !== undefined && (
        <p class="warning" id={`${name}-warning`} dir="auto">
          {clip(warning, maxLength.value)}
        </p>
      )}
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`} dir="auto">
          {hint}
        </p>
      )}
    </div>
  );
}

function Was({ saved }: { readonly saved: string }) {
  const { strings } = usePanel();
  if (saved === '') return strings.wasEmpty;
  const [before = '', after = ''] = strings.was.split('{0}');
  return (
    <>
      {before}
      <bdi>{clip(saved, maxLength.line)}</bdi>
      {after}
    </>
  );
}
