/** Attributes by the names that people know them by. */
import { isFieldName } from '../../contacts/model/contact';
import { fieldLabels } from '../../platform/text/fieldLabels';
import { attributeLabel } from '../../platform/text/labels';

export const labelOf = (name: string) => (isFieldName(name) ? fieldLabels()[name] : attributeLabel(name));

/** A server may name any number of them. */
export const namesOf = (names: readonly string[]) =>
  [...names.slice(0, 20).map(labelOf), ...(names.length > 20 ? ['…'] : [])].join(', ');
