/**
 * Finds the attribute that an error document points to. Source: RFC 6901, which JSON:API requires. Servers
 * also send fragments, paths with dots, and paths that begin at the attributes.
 */

export type AttributePath =
  | {
      readonly kind: 'attribute';
      readonly name: string;
      /** True if the path ends at the attribute, false if it leads into its value. */
      readonly exact: boolean;
    }
  /** The path leads to the resource or to all of its attributes. */
  | { readonly kind: 'container' }
  /** The path leads to a relationship, an ID or the like: certainly not to an attribute. */
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
  // In a path that starts at the document or leads to a list, only "attributes" leads to an attribute.
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

/** Decodes a fragment, which is percent-encoded (RFC 6901, section 6). */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

const isIndex = (part: string) => /^\d+$/.test(part);
