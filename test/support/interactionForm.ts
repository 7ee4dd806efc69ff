import type { InteractionValues } from '../../src/contacts/drafts/interactionDraft';

/** A form for a new interaction, before anybody types into it. */
export const emptyForm: InteractionValues = {
  method: 'telephone',
  direction: 'inbound',
  date_time: '2026-03-03T10:32:00.000Z',
  contacted: 'true',
  status: 'completed',
  account: '',
  notes: '',
};
