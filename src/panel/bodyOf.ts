/** The parts of one panel → the body of its state. */

import type { AccountStores } from '../contacts/accountStores';
import { endsSoonNotice } from '../platform/text/environmentNames';
import type { ContactKey } from '../protocol/contactKey';
import type { DraftLine, PanelBody } from '../protocol/state';
import type { Editing } from './editing';
import type { OtherTexts } from './otherTexts';
import type { PanelHost } from './panelHost';
import type { Reading } from './reading';
import type { RelatedPart } from './relatedPart';
import { interactionLines } from './state/interactionFormState';
import { changedByOthers, draftLines, readyBody } from './state/panelState';
import { loadProblem, signedOutProblem } from './state/problems';
import { storageNotice } from './state/strings';

export interface PanelParts {
  readonly host: Pick<PanelHost, 'session' | 'drafts' | 'interactionDrafts'>;
  readonly identity: ContactKey;
  readonly reading: Reading;
  readonly editing: Editing;
  readonly others: OtherTexts;
  readonly related: RelatedPart;
}

/** @param attempt how often a save was asked for */
export function bodyOf(parts: PanelParts, data: AccountStores | undefined, attempt: number): PanelBody {
  const { host, identity, reading, editing, others, related } = parts;
  const { draft } = editing;
  const { loading, shown, document } = reading;
  if (data === undefined) {
    const lines = typedLines(parts);
    return { kind: 'failed', problem: signedOutProblem(identity.origin, lines.length > 0), draft: lines };
  }
  if (shown === undefined) {
    if (loading.kind !== 'failed') return { kind: 'loading' };
    const lines = typedLines(parts);
    return { kind: 'failed', problem: loadProblem(loading.error, lines.length > 0), draft: lines };
  }
  const session = host.session.current;
  return readyBody({
    document: shown,
    loading,
    knownSince: data.contacts.knownSince(identity),
    draft,
    typedNotes: document ? [] : interactionLines(host.interactionDrafts, identity),
    saving: data.saves.state(identity),
    attempt,
    conflicts: data.saves.conflicts(identity, draft, shown),
    sessionEnded: session.kind === 'expired',
    notices: [
      ...(session.kind === 'signedIn' && session.endsSoon ? [endsSoonNotice(session.account)] : []),
      ...changedByOthers(reading.changed, draft, shown),
      ...(host.drafts.failing && typedLines(parts).length > 0 ? [storageNotice()] : []),
    ],
    others: others.states,
    canUnrevert: editing.canUnrevert,
    related: document ? related.state(document) : { relationships: [], history: undefined },
    changedBy: (conflict) => related.changedBy(conflict, shown),
  });
}

/** All typed text, for a page without a form. */
export const typedLines = ({ host, identity, editing }: PanelParts): readonly DraftLine[] => [
  ...draftLines(editing.draft),
  ...interactionLines(host.interactionDrafts, identity),
];
