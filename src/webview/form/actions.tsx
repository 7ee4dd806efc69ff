import { canSave, conflictsOf, hasChanges, type View } from '../page/view';
import { usePanel } from '../parts/panelContext';

export function Actions({ view }: { readonly view: View }) {
  const { strings, actions } = usePanel();
  const enabled = canSave(view);
  const conflicts = conflictsOf(view).length > 0;
  const { body } = view.state;
  const readOnly = body.kind === 'ready' && body.readOnly === true;
  const saving = body.kind === 'ready' && body.save.kind === 'saving';
  return (
    <div class={conflicts ? 'actions deciding' : 'actions'} aria-busy={view.asked || saving || undefined}>
      {conflicts && (
        <>
          <button type="button" class="secondary" onClick={() => actions.chooseAll('mine')}>
            {strings.keepAllMine}
          </button>
          <button type="button" class="secondary" onClick={() => actions.chooseAll('theirs')}>
            {strings.takeAllTheirs}
          </button>
        </>
      )}
      <button type="button" class="primary" disabled={!enabled} onClick={() => actions.save()}>
        {strings.save}
      </button>
      <button
        type="button"
        class="secondary"
        disabled={readOnly || saving || !hasChanges(view)}
        onClick={() => actions.post({ type: 'revert' })}
      >
        {strings.revert}
      </button>
    </div>
  );
}
