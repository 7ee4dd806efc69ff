import type { FieldState } from '../../protocol/state';
import { shownValue, type View } from '../page/view';
import { usePanel } from '../parts/panelContext';
import { Conflict } from './conflict';
import { Field } from './field';

interface FormProps {
  readonly view: View;
  readonly fields: readonly FieldState[];
  readonly readOnly: boolean;
}

export function ContactForm({ view, fields, readOnly }: FormProps) {
  const { strings } = usePanel();
  return (
    // Enter in a field does not save.
    <form aria-labelledby="fields" noValidate onSubmit={(event) => event.preventDefault()}>
      <h2 class="hidden" id="fields">
        {strings.contactFields}
      </h2>
      {fields.map((field) =>
        field.conflict === undefined ? (
          <Field key={field.name} field={field} value={shownValue(view, field)} readOnly={readOnly} />
        ) : (
          <Conflict key={field.name} view={view} field={field} conflict={field.conflict} />
        ),
      )}
    </form>
  );
}
