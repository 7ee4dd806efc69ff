import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RelationshipState } from '../protocol/state';
import { usePanel } from './panelContext';
import { RelatedItem } from './relatedItem';
import { clip, fill, longest } from './text';

const atFirst = 10;

export function Relationship({ relationship }: { readonly relationship: RelationshipState }) {
  const { strings } = usePanel();
  const { label, items, unknown, more: beyond = 0 } = relationship;
  const [all, setAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const shown = all ? items : items.slice(0, atFirst);
  const more = items.length - shown.length;
  // The button that showed more is gone: the focus goes on to the first of what it showed.
  useLayoutEffect(() => {
    if (all) list.current?.children[atFirst]?.querySelector('button')?.focus();
  }, [all]);
  return (
    <section class="relationship">
      <div class="relationship-head">
        <h3 dir="auto">{clip(label, longest.line)}</h3>
        {items.length > 0 && <span class="count">{items.length + beyond}</span>}
      </div>
      {items.length === 0 && <p class="empty">{unknown ? strings.notGiven : strings.none}</p>}
      {items.length > 0 && (
        <ul ref={list}>
          {shown.map((item) => (
            <RelatedItem key={`${item.type} ${item.id}`} item={item} />
          ))}
        </ul>
      )}
      {all && beyond > 0 && <p class="empty">{fill(strings.notShown, String(beyond))}</p>}
      {more > 0 && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {fill(strings.showMore, String(more))}
        </button>
      )}
    </section>
  );
}
