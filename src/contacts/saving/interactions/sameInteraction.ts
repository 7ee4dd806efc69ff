/** Selects the comparison for each field of an interaction. */
import type { InteractionField } from '../../drafts/interactionDraft';
import type { TextKind } from '../../model/sameValue';

export function kindOfInteractionField(field: InteractionField): TextKind {
  if (field === 'date_time') return 'moment';
  return field === 'contacted' ? 'yesNo' : 'text';
}
