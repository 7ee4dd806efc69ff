import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icon';
import { type PanelActions, usePanel } from './panelContext';

interface CopyProps {
  readonly id: string;
  /** The accessible name of the button. */
  readonly name: string;
}

const shownFor = 2000;

/** Asks the host to copy, because a webview may not, and confirms it with an icon and to a screen reader. */
function useCopy(intent: Parameters<PanelActions['post']>[0]) {
  const { strings, actions } = usePanel();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownFor);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    actions.post(intent);
    actions.announce(strings.copied);
    setCopied(true);
  };
  return { copied, copy };
}

export function CopyButton({ id, name }: CopyProps) {
  const { strings } = usePanel();
  const { copied, copy } = useCopy({ type: 'copy', id });
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={name}
      title={copied ? strings.copied : name}
      onClick={copy}
    >
      <Icon name={copied ? 'check' : 'copy'} />
    </button>
  );
}

/** Copies all unsaved text. */
export function CopyDraft({ kind }: { readonly kind: 'primary' | 'secondary' }) {
  const { strings } = usePanel();
  const { copied, copy } = useCopy({ type: 'copyDraft' });
  return (
    <button type="button" class={kind} onClick={copy}>
      {copied && <Icon name="check" />}
      {strings.copyDraft}
    </button>
  );
}

/** Copies a text of another window. */
export function CopyOther({ id, describedBy }: { readonly id: string; readonly describedBy: string }) {
  const { strings } = usePanel();
  const { copied, copy } = useCopy({ type: 'otherText', id, act: 'copy' });
  return (
    <button type="button" class="secondary" aria-describedby={describedBy} onClick={copy}>
      {copied && <Icon name="check" />}
      {strings.copyOther}
    </button>
  );
}
