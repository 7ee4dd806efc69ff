import type { ReviewIntent, ReviewState } from '../../protocol/review';
import { fill } from '../shared/text';
import { Row, type RowActions } from './row';
import { includedOf, type ReviewView, shownRows } from './view';

export interface PageActions extends RowActions {
  post(intent: ReviewIntent): void;
  search(query: string): void;
}

interface PageProps {
  readonly view: ReviewView;
  readonly actions: PageActions;
}

export function ReviewPage({ view, actions }: PageProps) {
  const { head, strings, skipped, rows, revision } = view.state;
  return (
    <main class="review">
      <h1>{strings.title}</h1>
      <p class="where">{head.where}</p>
      <ul class="totals">
        {head.totals.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {head.warnings.length > 0 && (
        <section class="warnings" aria-labelledby="warnings">
          <h2 id="warnings">{strings.warnings}</h2>
          <ul>
            {head.warnings.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </section>
      )}
      <Bar state={view.state} post={actions.post} />
      {rows.length > 0 && <Changes view={view} actions={actions} />}
      {skipped.length > 0 && (
        <section aria-labelledby="skipped">
          <h2 id="skipped">{strings.skipped}</h2>
          {skipped.map(({ reason, contacts }, group) => (
            <section key={reason} aria-labelledby={`skipped-${group}`}>
              <h3 id={`skipped-${group}`}>{reason}</h3>
              {contacts.length > 0 && (
                <ul>
                  {contacts.map(({ place, name, canOpen, fields }, at) => (
                    <li key={at}>
                      {place !== '' && `${place} `}
                      {canOpen ? (
                        <button
                          type="button"
                          class="link name"
                          onClick={() => actions.post({ type: 'openSkipped', revision, group, at })}
                        >
                          <bdi>{name}</bdi>
                        </button>
                      ) : (
                        <bdi>{name}</bdi>
                      )}
                      {fields !== '' && <span class="none"> {fields}</span>}
                    </li>
                  ))}
                </ul>
              )}
            </section>
          ))}
        </section>
      )}
      <p class="hidden" role="status">
        {head.announcement}
      </p>
    </main>
  );
}

/** The bar stays visible while the rows scroll. */
function Bar({ state, post }: { readonly state: ReviewState; readonly post: PageActions['post'] }) {
  const { head, strings, revision } = state;
  const { apply, canCancel, canCompare, canReviewAgain, canSaveResult, canSignIn, canDiscard } = head;
  const button = (
    text: string,
    type: 'cancel' | 'compare' | 'saveResult' | 'reviewAgain' | 'signIn' | 'discard',
  ) => (
    <button type="button" class="secondary" onClick={() => post({ type })}>
      {text}
    </button>
  );
  return (
    <div class="bar">
      {apply && (
        <button
          type="button"
          id="apply"
          class="primary"
          disabled={!apply.isEnabled}
          onClick={() => post({ type: 'apply', revision })}
        >
          {apply.label}
        </button>
      )}
      {canSignIn && button(strings.signIn, 'signIn')}
      {canCancel && button(strings.cancel, 'cancel')}
      {canCompare && button(strings.compare, 'compare')}
      {canSaveResult && button(strings.saveResult, 'saveResult')}
      {canReviewAgain && button(strings.reviewAgain, 'reviewAgain')}
      {canDiscard && button(strings.discard, 'discard')}
      <p id="state" class="state" tabIndex={-1}>
        {head.status}
      </p>
    </div>
  );
}

function Changes({ view, actions }: PageProps) {
  const { state, query } = view;
  const { strings, rows, marks, head } = state;
  const shown = shownRows(view);
  const isShown = new Set(shown);
  const included = includedOf(view, shown);
  const number = (count: number) => count.toLocaleString(strings.language);
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{strings.changes}</h2>
      <div class="search">
        <input
          type="search"
          id="search"
          aria-label={strings.search}
          placeholder={strings.search}
          value={query}
          onInput={({ currentTarget }) => actions.search(currentTarget.value)}
        />
        <p role="status">{query !== '' && fill(strings.found, number(shown.length), number(rows.length))}</p>
      </div>
      <table aria-labelledby="changes">
        <thead>
          <tr>
            <td class="include">
              {included && (
                <input
                  type="checkbox"
                  aria-label={strings.includeAll}
                  checked={included === 'all'}
                  indeterminate={included === 'some'}
                  disabled={!head.canInclude}
                  onChange={({ currentTarget }) => actions.setIncluded(shown, currentTarget.checked)}
                />
              )}
            </td>
            <th scope="col" class="contact">
              {strings.contact}
            </th>
            <th scope="col" class="field">
              {strings.field}
            </th>
            <th scope="col">{strings.before}</th>
            <th scope="col">{strings.after}</th>
            <th scope="col" class="result">
              {strings.result}
            </th>
          </tr>
        </thead>
        {rows.map((row, at) => {
          const mark = marks[at];
          return (
            mark && (
              <Row
                key={at}
                at={at}
                row={row}
                mark={mark}
                isShown={isShown.has(at)}
                canInclude={head.canInclude}
                strings={strings}
                actions={actions}
              />
            )
          );
        })}
      </table>
    </section>
  );
}
