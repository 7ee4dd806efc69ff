import type { RelationshipState } from '../protocol/state';
import { usePanel } from './panelContext';
import { Relationship } from './relationship';

const headingId = 'related';

export function RelatedRecords({ relationships }: { readonly relationships: readonly RelationshipState[] }) {
  const { strings } = usePanel();
  return (
    <section class="column related" aria-labelledby={headingId}>
      <h2 class="hidden" id={headingId} tabIndex={-1}>
        {strings.relatedRecords}
      </h2>
      {relationships.map((relationship) => (
        <Relationship key={relationship.name} relationship={relationship} />
      ))}
    </section>
  );
}

export function focusRelated(): void {
  const heading = document.getElementById(headingId);
  heading?.focus();
  heading?.parentElement?.scrollIntoView();
}
