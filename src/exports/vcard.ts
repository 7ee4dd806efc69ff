/** Writes vCards 4.0 (RFC 6350) and 3.0 (RFC 2426) with ical.js, from jCard (RFC 7095). */

import ICAL from 'ical.js';
import { modifiedAt } from '../api/http/document';
import { isVisible } from '../base/text';
import { displayName, textOf } from '../contacts/model/contact';
import type { FieldName } from '../protocol/fields';
import type { Exported } from './exported';

type Version = '3.0' | '4.0';
type Property = [name: string, parameters: object, type: string, ...values: unknown[]];

// ical.js does not count the leading space of a continuation line; a line has 75 bytes with it.
ICAL.foldLength = 74;

/**
 * Makes ical.js escape semicolons in every text, not only in structured ones: 3.0 requires it, 4.0 allows it,
 * and some programs split every text at a semicolon.
 */
const escaped = { defaultType: 'text', structuredValue: ';' };
const { vcard, vcard3 } = ICAL.design.components;
for (const name of ['fn', 'email', 'tel']) vcard.property[name] = vcard3.property[name] = escaped;
vcard3.property.uid = escaped;

export function toVcard({ resource, organisation }: Exported, version: Version): string {
  const three = version === '3.0';
  // Programs build a name from N: invisible parts would replace the name in FN.
  const seen = (value: string) => (isVisible(value) ? clean(value.trim()) : '');
  const text = (name: FieldName) => seen(textOf(resource, name));
  const alone = (value: string) => [clean(value)];
  const email = text('email');
  const telephone = text('telephone');
  const prefix = resource.attributes?.salutation;
  const revised = timestamp(modifiedAt(resource));
  const properties: Property[] = [
    ['version', {}, 'text', version],
    ['fn', {}, 'text', alone(displayName(resource))],
    [
      'n',
      {},
      'text',
      [text('last_name'), text('first_name'), '', typeof prefix === 'string' ? seen(prefix) : '', ''],
    ],
  ];
  if (email !== '') properties.push(['email', {}, 'text', alone(email)]);
  if (telephone !== '') properties.push(['tel', {}, 'text', alone(telephone)]);
  if (organisation !== '') properties.push(['org', {}, 'text', [clean(organisation)]]);
  const address = three ? undefined : uuidAddress(resource.id);
  if (address) properties.push(['uid', {}, 'uri', address]);
  else
    properties.push([
      'uid',
      three ? {} : { value: 'text' },
      'text',
      three ? alone(resource.id) : clean(resource.id),
    ]);
  if (revised !== undefined) properties.push(['rev', {}, three ? 'date-time' : 'timestamp', revised]);
  return ICAL.stringify(['vcard', properties, []]);
}

/** A UID in 4.0 is a URI, unless its type is text. */
function uuidAddress(id: string): string | undefined {
  const isUuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
  return isUuid ? `urn:uuid:${id.toLowerCase()}` : undefined;
}

function timestamp(time: number): string | undefined {
  return Number.isNaN(time) ? undefined : `${new Date(time).toISOString().slice(0, 19)}Z`;
}

// A value may not contain control characters except tab and line feed, and a file may not contain lone
// surrogates.
const unfit = /(?![\t\n])[\p{Cc}\p{Cs}]/gu;
const clean = (text: string) => text.replace(/\r\n?/g, '\n').replace(unfit, '\uFFFD');
