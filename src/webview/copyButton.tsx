import { useEffect, useState } from 'preact/hooks';
import type { PanelIntent } from '../protocol/intents';
import { Icon } from './icon';
import { usePanel } from './panelContext';

interface CopyProps {
  readonly what: Extract<PanelIntent, { type: 'copy' }>['what'];
  readonly id: string;
  /** The button's name. */
  readonly name: string;
}

const shownFor = 2000;

/** Asks the host to copy, as a webview may not; says so in a sign and to a screen reader. */
export function CopyButton({ what, id, name }: CopyProps) {
  const { strings, actions } = usePanel();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownFor);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    actions.post({ type: 'copy', what, id });
    actions.announce(strings.copied);
    setCopied(true);
  };
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
