import type { ReadyState } from '../../protocol/state';
import { usePanel } from '../parts/panelContext';
import { History } from './history';
import { Relationship } from './relationship';

const headingId = 'related';

export function RelatedRecords({ body }: { readonly body: ReadyState }) {
  const { strings } = usePanel();
  return (
    <section class="column related" aria-labelledby={headingId}>
      <h2 class="hidden" id={headingId} tabIndex={-1}>
        {strings.relatedRecords}
      </h2>
      {body.relationships.length === 0 && body.freshness?.kind === 'checking' && (
        <p class="empty">{strings.reading}</p>
      )}
      {body.relationships.map((relationship) => (
        <Relationship key={relationship.name} relationship={relationship} />
      ))}
      {body.history !== undefined && <History history={body.history} />}
    </section>
  );
}

export function focusRelated(): void {
  const heading = document.getElementById(headingId);
  heading?.focus();
  heading?.parentElement?.scrollIntoView();
}
