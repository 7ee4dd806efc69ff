import type { ResourceDocument } from '../../src/api/http/document';
import type { FormSource } from '../../src/panel/state/panelState';

/** The form of a contact that was read and that nobody has changed. */
export const calmForm = (
  document: ResourceDocument,
  relationships: FormSource['related']['relationships'] = [],
): FormSource => ({
  document,
  loading: { kind: 'loaded' },
  knownSince: undefined,
  typedNotes: [],
  draft: undefined,
  saving: { kind: 'idle' },
  attempt: 0,
  conflicts: [],
  sessionEnded: false,
  notices: [],
  others: [],
  canUnrevert: false,
  related: { relationships, history: undefined },
  changedBy: () => undefined,
});
