import { useEffect, useRef } from 'preact/hooks';
import { clip } from '../../base/text';
import type { OtherTextState } from '../../protocol/related';
import { CopyOther } from './copyButton';
import { usePanel } from './panelContext';
import { maxLength } from './text';

/** The texts of other windows: described in short and available whole. Only the user can drop them. */
export function OtherTexts({ others = [] }: { readonly others: readonly OtherTextState[] | undefined }) {
  const { actions } = usePanel();
  const announced = useRef<readonly string[]>([]);
  const ids = others.map(({ id }) => id);
  // One announcement contains all texts, because a second one would interrupt the first.
  useEffect(() => {
    const added = others.filter(({ id }) => !announced.current.includes(id));
    announced.current = ids;
    if (added.length > 0) actions.announce(added.map(({ message }) => message).join(' '));
  }, [ids.join()]);
  return (
    <>
      {others.map((other) => (
        <OtherText key={other.id} other={other} />
      ))}
    </>
  );
}

function OtherText({ other: { id, message } }: { readonly other: OtherTextState }) {
  const { strings, actions } = usePanel();
  const words = `other-${id}`;
  const button = (name: string, act: 'use' | 'drop') => (
    <button
      type="button"
      class="secondary"
      aria-describedby={words}
      onClick={() => actions.post({ type: 'otherText', id, act })}
    >
      {name}
    </button>
  );
  return (
    <div class="other-text">
      <p id={words} dir="auto">
        {clip(message, maxLength.value)}
      </p>
      <div class="buttons">
        <CopyOther id={id} describedBy={words} />
        {button(strings.useOther, 'use')}
        {button(strings.discard, 'drop')}
      </div>
    </div>
  );
}
