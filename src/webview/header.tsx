import { clip } from '../base/text';
import { Status } from './form/status';
import { Notices } from './notices';
import type { View } from './page/view';
import { OtherTexts } from './parts/otherTexts';
import { usePanel } from './parts/panelContext';
import { maxLength } from './parts/text';

export function Header({ view }: { readonly view: View }) {
  const { strings } = usePanel();
  const { title, organisation } = view.state;
  return (
    <header>
      <h1 tabIndex={-1}>
        <bdi>{clip(title, maxLength.title) || strings.contactFields}</bdi>
      </h1>
      <div class="about">
        {organisation !== '' && <bdi>{clip(organisation, maxLength.line)}</bdi>}
        <Status view={view} />
      </div>
      <Notices body={view.state.body} />
      {view.state.body.kind === 'ready' && <OtherTexts others={view.state.body.others} />}
    </header>
  );
}
