import { CopyButton } from './copyButton';
import { usePanel } from './panelContext';
import { clip, fill, longest } from './text';

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
            <bdi class="code">{clip(id, longest.line)}</bdi>
            <CopyButton id={id} name={fill(strings.copyId, clip(title, longest.line))} />
          </dd>
        </div>
        <div>
          <dt>{strings.type}</dt>
          <dd>
            <bdi class="code">{clip(type, longest.line)}</bdi>
          </dd>
        </div>
      </dl>
    </footer>
  );
}
