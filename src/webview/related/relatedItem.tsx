import { clip, isolated } from '../../base/text';
import type { LabelPart, RelatedState } from '../../protocol/state';
import { CopyButton } from '../parts/copyButton';
import { Icon } from '../parts/icon';
import { formatNumber } from '../parts/locale';
import { toMoment } from '../parts/moments';
import { usePanel } from '../parts/panelContext';
import { maxLength } from '../parts/text';
import { Time } from '../parts/time';
import { fill } from '../shared/text';
import { InteractionForm, opening } from './interactionForm';

export function RelatedItem({ item }: { readonly item: RelatedState }) {
  const { strings, actions } = usePanel();
  const { id, fold, form } = item;
  const name = textOf(item.label);
  const opener = `edit-${id}`;
  const edit = () => {
    opening(id);
    actions.post({ type: 'editNotes', id });
  };
  return (
    <li class={item.pending ? 'pending' : undefined}>
      {fold !== undefined && <Fold item={item} name={name} />}
      <div class="related-text">
        <p>
          {item.label.map((part, index) => (
            <Part key={index} part={part} />
          ))}
        </p>
        {item.pending && <p class="detail">{strings.reading}</p>}
        {item.detail !== undefined && form === undefined && (
          <p class="detail" dir="auto">
            {clip(item.detail, maxLength.value)}
          </p>
        )}
        {fold?.unfolded && <Others item={item} name={name} />}
        {form !== undefined && <InteractionForm form={form} opener={opener} />}
        {(form !== undefined || item.outcome !== undefined) && (
          <p class="outcome" role="status">
            {item.outcome}
          </p>
        )}
      </div>
      {item.editable && form === undefined && (
        <button
          type="button"
          class="icon-button"
          id={opener}
          aria-label={fill(strings.editNotes, name)}
          title={fill(strings.editNotes, name)}
          onClick={edit}
        >
          <Icon name="edit" />
        </button>
      )}
      <CopyButton id={id} name={fill(strings.copyId, name)} />
    </li>
  );
}

interface NamedItem {
  readonly item: RelatedState;
  readonly name: string;
}

function Fold({ item: { id, fold }, name }: NamedItem) {
  const { strings, actions } = usePanel();
  const words = fill(strings.otherContacts, name);
  return (
    <button
      type="button"
      class="icon-button"
      id={`fold-${id}`}
      aria-expanded={fold?.unfolded ? 'true' : 'false'}
      aria-label={words}
      title={words}
      onClick={() => actions.post({ type: 'fold', id })}
    >
      <Icon name={fold?.unfolded ? 'down' : 'right'} />
    </button>
  );
}

/** The other contacts of a customer account, as links. */
function Others({ item: { pending, fold }, name }: NamedItem) {
  const { strings, actions } = usePanel();
  const { contacts = [], more = 0 } = fold ?? {};
  if (contacts.length === 0) return pending ? null : <p class="empty">{strings.none}</p>;
  return (
    <ul aria-label={fill(strings.otherContacts, name)}>
      {contacts.map(({ id, label }) => (
        <li key={id}>
          <button type="button" class="link" onClick={() => actions.post({ type: 'openContact', id })}>
            <bdi>{clip(label, maxLength.line)}</bdi>
          </button>
        </li>
      ))}
      {more > 0 && <li class="empty">{fill(strings.notShown, formatNumber(more))}</li>}
    </ul>
  );
}

/** `dir="auto"` would take a label for right-to-left if its first name is, and turn the address after it around. */
function Part({ part }: { readonly part: LabelPart }) {
  return typeof part === 'string' ? isolated(clip(part, maxLength.line)) : <Time value={part.time} />;
}

function textOf(label: readonly LabelPart[]): string {
  const text = label.map((part) =>
    typeof part === 'string' ? part : (toMoment(part.time)?.short ?? part.time),
  );
  return clip(text.join(''), maxLength.line);
}
