import { clip } from '../base/text';
import { CopyButton } from './parts/copyButton';
import { usePanel } from './parts/panelContext';
import { maxLength } from './parts/text';
import { fill } from './shared/text';

interface IdentityProps {
  readonly id: string;
  readonly type: string;
  readonly title: string;
}

export function Identity({ id, type, title }: IdentityProps) {
  const { strings } = usePanel();
  return (
    <footer>
      <dl>
        <div>
          <dt>{strings.id}</dt>
          <dd>
            <bdi class="code">{clip(id, maxLength.line)}</bdi>
            <CopyButton id={id} name={fill(strings.copyId, clip(title, maxLength.line))} />
          </dd>
        </div>
        <div>
          <dt>{strings.type}</dt>
          <dd>
            <bdi class="code">{clip(type, maxLength.line)}</bdi>
          </dd>
        </div>
      </dl>
    </footer>
  );
}
