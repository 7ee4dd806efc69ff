import { useLayoutEffect, useRef } from 'preact/hooks';
import { usePanel } from './panelContext';
import { canSave, conflictsOf, hasChanges, type View } from './view';

export function Actions({ view }: { readonly view: View }) {
  const { strings, actions } = usePanel();
  const enabled = canSave(view);
  const conflicts = conflictsOf(view).length > 0;
  const { body } = view.state;
  const readOnly = body.kind === 'ready' && body.readOnly === true;
  const saving = body.kind === 'ready' && body.save.kind === 'saving';
  const save = useRef<HTMLButtonElement>(null);
  const hadFocus = useRef(false);
  // A button that is switched off loses the focus: after a save that failed it gets it back.
  useLayoutEffect(() => {
    if (!enabled) hadFocus.current = document.activeElement === save.current;
    else if (hadFocus.current && document.activeElement === document.body) save.current?.focus();
  }, [enabled]);
  return (
    <div class={conflicts ? 'actions deciding' : 'actions'}>
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
      <button ref={save} type="button" class="primary" disabled={!enabled} onClick={() => actions.save()}>
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
