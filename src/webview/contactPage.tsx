import { useEffect, useState } from 'preact/hooks';
import type { ReadyState } from '../protocol/state';
import { Details } from './details';
import { Actions } from './form/actions';
import { ContactForm } from './form/contactForm';
import { LoadingForm } from './form/loadingForm';
import { Header } from './header';
import { Identity } from './identity';
import { OutOfDate } from './outOfDate';
import type { View } from './page/view';
import { Draft } from './parts/draft';
import { type PanelActions, PanelContext, usePanel } from './parts/panelContext';
import { Problem } from './problem';
import { focusRelated, RelatedRecords } from './related/relatedRecords';

interface ContactProps {
  readonly view: View;
  readonly body: ReadyState;
  readonly returning: boolean;
}

/** The maximum length of a sticky name: a longer one would leave no room for the form. */
const longName = 80;

interface PageProps {
  readonly view: View;
  readonly actions: PanelActions;
  readonly announcement: string;
  /** True if the user was on this page before, perhaps further down. */
  readonly returning: boolean;
}

export function ContactPage({ view, actions, announcement, returning }: PageProps) {
  const { strings, body, title } = view.state;
  return (
    <PanelContext.Provider value={{ strings, actions, typing: view.typing }}>
      <div class={title.length > longName ? 'page long' : 'page'}>
        <Header view={view} />
        <main>
          {body.kind === 'loading' && <LoadingForm />}
          {body.kind === 'failed' && (
            <>
              <Problem problem={body.problem} />
              <Draft lines={body.draft} />
            </>
          )}
          {body.kind === 'ready' && <Contact view={view} body={body} returning={returning} />}
        </main>
        {body.kind === 'ready' && <Identity id={body.id} type={body.type} title={title} />}
        <div class="hidden" aria-live="polite">
          {announcement}
        </div>
      </div>
    </PanelContext.Provider>
  );
}

/**
 * The order of the elements is the order of the Tab key: the form, then Save, then the related records. The
 * style sheet moves Save to the header.
 */
function Contact({ view, body, returning }: ContactProps) {
  const { strings } = usePanel();
  // The form is drawn first and the other parts after it, unless the user returns to one of them.
  const [all, setAll] = useState(returning);
  useEffect(() => setAll(true), []);
  return (
    <>
      <div class="column">
        <ContactForm view={view} fields={body.fields} readOnly={body.readOnly === true} />
        <Details attributes={body.attributes} times={body.times} />
      </div>
      <button type="button" class="skip" onClick={focusRelated}>
        {strings.skipToRelated}
      </button>
      <Actions view={view} />
      {/* A new key for each attempt makes a screen reader announce the same text again. */}
      {body.save.kind === 'failed' && (
        <Problem key={body.attempt} problem={body.save.problem} attempt={body.attempt} />
      )}
      {body.freshness?.kind === 'old' && <OutOfDate freshness={body.freshness} />}
      {all && <RelatedRecords body={body} />}
    </>
  );
}
