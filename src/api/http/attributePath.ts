/**
 * The attribute that an error document points to. Source: RFC 6901, which JSON:API asks for; servers also send
 * fragments, paths with dots, and paths that begin at the attributes.
 */

export type AttributePath =
  | {
      readonly kind: 'attribute';
      readonly name: string;
      /** It is the attribute itself, and nothing within it. */
      readonly exact: boolean;
    }
  /** The resource or all of its attributes: something in it is meant. */
  | { readonly kind: 'container' }
  /** A relationship, an id: certainly no attribute. */
  | { readonly kind: 'elsewhere' };

/** Members of documents and resources. */
const members = new Set([
  'data',
  'errors',
  'id',
  'included',
  'jsonapi',
  'links',
  'meta',
  'relationships',
  'type',
]);

export function attributePath(text: string): AttributePath {
  const parts = partsOf(text);
  const inData = parts[0] === 'data' ? parts.slice(1) : parts;
  const isNamed = inData[0] === 'attributes';
  const [name, ...within] = isNamed ? inData.slice(1) : inData;
  if (name === undefined) return { kind: 'container' };
  // Of a path from the document or to a list, nothing but "attributes" leads to one.
  if (!isNamed && (parts[0] === 'data' || members.has(name) || isIndex(name))) return { kind: 'elsewhere' };
  return { kind: 'attribute', name, exact: within.length === 0 };
}

function partsOf(text: string): readonly string[] {
  const path = text.startsWith('#') ? decoded(text.slice(1)) : text;
  if (!path.includes('/')) return path.split('.').filter(Boolean);
  return path
    .replace(/^\//, '')
    .split('/')
    .filter(Boolean)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A fragment is percent-encoded (RFC 6901, section 6). */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

const isIndex = (part: string) => /^\d+$/.test(part);
