import type { ReadyState } from '../../protocol/state';
import { hasChanges, type View } from '../page/view';
import { Icon, type IconName } from '../parts/icon';
import { isToday, shortTime, timeAndDate } from '../parts/moments';
import { usePanel } from '../parts/panelContext';
import { fill } from '../shared/text';
import { Waiting } from './waiting';

/** The status line. It always exists, so that screen readers announce its changes. */
export function Status({ view }: { readonly view: View }) {
  const { strings } = usePanel();
  const { body } = view.state;
  // The problem is an alert of its own; a second announcement would repeat it.
  const failed = body.kind === 'ready' && body.save.kind === 'failed' && body.save.unasked !== true;
  return (
    <>
      <span class="status" role="status" aria-live="polite">
        {body.kind === 'loading' && <Words text={strings.loading} />}
        {body.kind === 'ready' && !failed && <Ready view={view} body={body} />}
      </span>
      {failed && hasChanges(view) && (
        <span class="status">
          <Words text={strings.notSaved} icon="error" />
        </span>
      )}
      {/* A screen reader announces the result of the check, and not the check itself. */}
      {body.kind === 'ready' && body.freshness?.kind === 'checking' && (
        <span class="status">
          <Words text={strings.checking} icon="sync" />
        </span>
      )}
      {body.kind === 'ready' && <TakeBack view={view} body={body} />}
    </>
  );
}

function Ready({ view, body }: { readonly view: View; readonly body: ReadyState }) {
  const { strings } = usePanel();
  switch (body.save.kind) {
    case 'saving':
      return <Words text={strings.saving} icon="sync" />;
    case 'waiting':
      return <Waiting until={body.save.until} />;
    case 'conflict':
      return <Words text={`${strings.conflict}. ${strings.conflictHelp}`} icon="warning" />;
    default:
      if (hasChanges(view)) return <Words text={unsaved(strings, body.since)} icon="unsaved" />;
      if (body.save.kind === 'saved') return <Words text={strings.saved} icon="check" />;
      return body.canUnrevert === true ? <Words text={strings.reverted} /> : null;
  }
}

function unsaved(
  strings: { readonly unsaved: string; readonly unsavedSince: string },
  since?: string,
): string {
  if (since === undefined) return strings.unsaved;
  return fill(strings.unsavedSince, isToday(since) ? shortTime(since) : timeAndDate(since));
}

/** The Undo button for the last save or the last revert. */
function TakeBack({ view, body }: { readonly view: View; readonly body: ReadyState }) {
  const { strings, actions } = usePanel();
  if (body.save.kind === 'waiting') {
    return (
      <button type="button" class="link" onClick={() => actions.post({ type: 'cancelWait' })}>
        {strings.cancel}
      </button>
    );
  }
  if (hasChanges(view)) return null;
  const undo = body.save.kind === 'saved' && body.save.canUndo;
  if (!undo && body.canUnrevert !== true) return null;
  return (
    <button
      type="button"
      class="link"
      onClick={() => actions.post({ type: body.canUnrevert === true ? 'unrevert' : 'undo' })}
    >
      {strings.undo}
    </button>
  );
}

function Words({ text, icon }: { readonly text: string; readonly icon?: IconName }) {
  return (
    <>
      {icon && <Icon name={icon} />}
      <span>{text}</span>
    </>
  );
}
