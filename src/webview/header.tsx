import { clip } from '../base/text';
import { Notices } from './notices';
import { OtherTexts } from './otherTexts';
import { usePanel } from './panelContext';
import { Status } from './status';
import { maxLength } from './text';
import type { View } from './view';

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
