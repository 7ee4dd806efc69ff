import type { Resource } from '../../api/http/document';
import { isVisible } from '../../base/text';

export interface Organisation {
  readonly id: string;
  readonly type: string;
  readonly name: string;
}

/** Makes an organisation; its name is the name, or else the slug, or else the ID. */
export function toOrganisation({ id, type, attributes }: Resource): Organisation {
  const name = [attributes?.name, attributes?.slug].find(
    (text): text is string => typeof text === 'string' && isVisible(text),
  );
  return { id, type, name: name ?? id };
}
