import type { ReadyState } from '../protocol/state';
import { Actions } from './actions';
import { ContactForm } from './contactForm';
import { Details } from './details';
import { Draft } from './draft';
import { Header } from './header';
import { Identity } from './identity';
import { LoadingForm } from './loadingForm';
import { type PanelActions, PanelContext, usePanel } from './panelContext';
import { Problem } from './problem';
import { focusRelated, RelatedRecords } from './relatedRecords';
import type { View } from './view';

/** A name of many lines would leave no room for the form if it stayed in sight. */
const longName = 80;

interface PageProps {
  readonly view: View;
  readonly actions: PanelActions;
  readonly announcement: string;
}

export function ContactPage({ view, actions, announcement }: PageProps) {
  const { strings, body, title } = view.state;
  return (
    <PanelContext.Provider value={{ strings, actions }}>
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
          {body.kind === 'ready' && <Contact view={view} body={body} />}
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
function Contact({ view, body }: { readonly view: View; readonly body: ReadyState }) {
  const { strings } = usePanel();
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
      {body.save.kind === 'failed' && <Problem problem={body.save.problem} />}
      <RelatedRecords body={body} />
    </>
  );
}
