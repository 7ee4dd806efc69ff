import { useEffect, useState } from 'preact/hooks';
import type { ReadyState } from '../protocol/state';
import { Actions } from './actions';
import { ContactForm } from './contactForm';
import { Details } from './details';
import { Draft } from './draft';
import { Header } from './header';
import { Identity } from './identity';
import { LoadingForm } from './loadingForm';
import { OutOfDate } from './outOfDate';
import { type PanelActions, PanelContext, usePanel } from './panelContext';
import { Problem } from './problem';
import { focusRelated, RelatedRecords } from './relatedRecords';
import type { View } from './view';

interface ContactProps {
  readonly view: View;
  readonly body: ReadyState;
  readonly returning: boolean;
}

/** A name of many lines would leave no room for the form if it stayed in sight. */
const longName = 80;

interface PageProps {
  readonly view: View;
  readonly actions: PanelActions;
  readonly announcement: string;
  /** The person was here before, perhaps further down. */
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
 * The order here is the order of the Tab key: the form, then Save, then the related records. The style
 * sheet puts Save into the header.
 */
function Contact({ view, body, returning }: ContactProps) {
  const { strings } = usePanel();
  // The form first: what belongs to it is drawn once the form is on screen, unless somebody was there.
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
      {/* Anew for each attempt: the same words are announced again. */}
      {body.save.kind === 'failed' && (
        <Problem key={body.attempt} problem={body.save.problem} attempt={body.attempt} />
      )}
      {body.freshness?.kind === 'old' && <OutOfDate freshness={body.freshness} />}
      {all && <RelatedRecords body={body} />}
    </>
  );
}
