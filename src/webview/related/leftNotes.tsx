import type { LeftState } from '../../protocol/state';
import { CopyDraft } from '../parts/copyButton';
import { Lines } from '../parts/draft';
import { usePanel } from '../parts/panelContext';

/** The draft of a deleted interaction, which only the user can discard. */
export function LeftNotes({ left: { interactionId, lines } }: { readonly left: LeftState }) {
  const { strings, actions } = usePanel();
  const id = `left-${interactionId}`;
  return (
    <fieldset class="interaction-form left-notes" aria-labelledby={id}>
      <p class="warning" id={id} role="alert">
        {strings.notListed}
      </p>
      <Lines lines={lines} />
      <div class="buttons">
        <CopyDraft kind="primary" />
        <button
          type="button"
          class="secondary"
          onClick={() => actions.post({ type: 'interactionDo', interactionId, act: 'drop' })}
        >
          {strings.discard}
        </button>
      </div>
    </fieldset>
  );
}
