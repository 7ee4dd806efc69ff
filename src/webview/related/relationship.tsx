import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { clip } from '../../base/text';
import type { RelationshipState } from '../../protocol/state';
import { formatNumber } from '../parts/locale';
import { usePanel } from '../parts/panelContext';
import { PartNotice } from '../parts/partNotice';
import { maxLength } from '../parts/text';
import { fill } from '../shared/text';
import { InteractionForm, opening } from './interactionForm';
import { LeftNotes } from './leftNotes';
import { RelatedItem } from './relatedItem';

/** The relationship that gets the focus as soon as it is there. */
let wanted: string | undefined;
export function focusOn(name: string | undefined): void {
  wanted = name;
}

/** The number of items that the host shows at a time. */
const step = 10;

export function Relationship({ relationship }: { readonly relationship: RelationshipState }) {
  const { strings, actions } = usePanel();
  const {
    name,
    label,
    items,
    single = false,
    unknown,
    rest = 0,
    more = 0,
    problem,
    add,
    form,
    left,
    added,
    outcome,
  } = relationship;
  const list = useRef<HTMLUListElement>(null);
  const section = useRef<HTMLElement>(null);
  const asked = useRef<number | undefined>(undefined);
  const pending = items.filter((item) => item.pending).map(({ id }) => id);
  const requested = useRef<readonly string[]>([]);
  const act = (doing: 'more' | 'retry' | 'add' | 'look') =>
    actions.post({ type: 'related', act: doing, name });
  // The focus moves to the first new item, because the button may have disappeared.
  useLayoutEffect(() => {
    if (asked.current === undefined || items.length <= asked.current) return;
    list.current?.children[asked.current]?.querySelector('button')?.focus();
    asked.current = undefined;
  }, [items.length]);
  useLayoutEffect(() => {
    if (wanted !== name || add === undefined) return;
    wanted = undefined;
    const first = section.current?.querySelector<HTMLElement>('form :is(input, select, textarea)');
    (first ?? document.getElementById(`add-${name}`))?.focus();
    if (first) return;
    // The host has begun the form, which may arrive with a later state. It asks for an account only now,
    // because its QuickPick would close if the page took the focus later.
    if (name === 'interactions') opening('');
    else act('add');
  });
  // Items are read when they become visible.
  useEffect(() => {
    // A row that arrives during a read must be requested, too.
    if (pending.every((id) => requested.current.includes(id)) || section.current === null) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      requested.current = pending;
      actions.post({ type: 'related', act: 'seen', name });
    });
    observer.observe(section.current);
    return () => observer.disconnect();
  }, [pending.join(' '), name]);
  return (
    <section class="relationship" ref={section} aria-busy={pending.length > 0 || undefined}>
      <div class="relationship-head">
        <h3 dir="auto">{clip(label, maxLength.line)}</h3>
        {items.length > 0 && !single && <span class="count">{formatNumber(items.length + rest + more)}</span>}
        {add !== undefined && form === undefined && (
          <button
            type="button"
            class="link"
            id={`add-${name}`}
            onClick={() => {
              if (name === 'interactions') opening('');
              act('add');
            }}
          >
            {add}
          </button>
        )}
      </div>
      {form !== undefined && <InteractionForm form={form} opener={`add-${name}`} />}
      {left?.map((one) => (
        <LeftNotes key={one.interactionId} left={one} />
      ))}
      {added !== undefined && (
        <PartNotice problem={added.problem}>
          {added.look && (
            <button type="button" class="secondary" onClick={() => act('look')}>
              {strings.look}
            </button>
          )}
        </PartNotice>
      )}
      {add !== undefined && (
        <p class="outcome" role="status">
          {outcome}
        </p>
      )}
      {items.length === 0 && <p class="empty">{unknown ? strings.notGiven : strings.none}</p>}
      {items.length > 0 && (
        <ul ref={list}>
          {items.map((item) => (
            <RelatedItem key={`${item.type} ${item.id}`} item={item} />
          ))}
        </ul>
      )}
      {problem !== undefined && (
        <PartNotice problem={problem}>
          <button type="button" class="secondary" onClick={() => act('retry')}>
            {strings.retry}
          </button>
        </PartNotice>
      )}
      {rest === 0 && more > 0 && <p class="empty">{fill(strings.notShown, formatNumber(more))}</p>}
      {rest > 0 && (
        <button
          type="button"
          class="link"
          onClick={() => {
            asked.current = items.length;
            act('more');
          }}
        >
          {fill(strings.showMore, formatNumber(Math.min(rest, step)))}
        </button>
      )}
    </section>
  );
}
