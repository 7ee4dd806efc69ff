import { Icon, type IconName } from './icon';
import { usePanel } from './panelContext';
import { clip, longest } from './text';
import { hasChanges, type View } from './view';

export function Header({ view }: { readonly view: View }) {
  const { strings } = usePanel();
  const { title, organisation } = view.state;
  return (
    <header>
      <h1>
        <bdi>{clip(title, longest.title) || strings.contactFields}</bdi>
      </h1>
      <div class="about">
        {organisation !== '' && <bdi>{clip(organisation, longest.line)}</bdi>}
        <Status view={view} />
      </div>
    </header>
  );
}

/** The one place that says how things stand. It is always there, so that a change in it is announced. */
function Status({ view }: { readonly view: View }) {
  const status = useStatus(view);
  return (
    <span class="status" role="status" aria-live="polite">
      {status && (
        <>
          {status.icon && <Icon name={status.icon} />}
          <span>{status.text}</span>
        </>
      )}
    </span>
  );
}

function useStatus(view: View): { readonly text: string; readonly icon?: IconName } | undefined {
  const { strings } = usePanel();
  const { body } = view.state;
  if (body.kind === 'loading') return { text: strings.loading };
  if (body.kind === 'failed') return undefined;
  switch (body.save.kind) {
    case 'saving':
      return { text: strings.saving, icon: 'sync' };
    case 'failed':
      return { text: strings.notSaved, icon: 'error' };
    default:
      if (hasChanges(view)) return { text: strings.unsaved, icon: 'unsaved' };
      return body.save.kind === 'saved' ? { text: strings.saved, icon: 'check' } : undefined;
  }
}
