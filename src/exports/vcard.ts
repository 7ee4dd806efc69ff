/** vCards 4.0 (RFC 6350) and 3.0 (RFC 2426), written by ical.js from their form as JSON (RFC 7095). */

import ICAL from 'ical.js';
import { isVisible } from '../base/text';
import { parseTimestamp } from '../base/timestamp';
import { displayName, textOf } from '../contacts/model/contact';
import type { FieldName } from '../protocol/fields';
import type { Exported } from './exported';

type Version = '3.0' | '4.0';
type Property = [name: string, parameters: object, type: string, ...values: unknown[]];

// It counts without the space that a continued line begins with; a line has 75 octets with it.
ICAL.foldLength = 74;

/**
 * A semicolon is escaped in every text, which ical.js does in those that have several parts: 3.0 asks for
 * it, 4.0 allows it, and some programs divide there whatever they read.
 */
const escaped = { defaultType: 'text', structuredValue: ';' };
const { vcard, vcard3 } = ICAL.design.components;
for (const name of ['fn', 'email', 'tel']) vcard.property[name] = vcard3.property[name] = escaped;
vcard3.property.uid = escaped;

export function toVcard({ resource, organisation }: Exported, version: Version): string {
  const three = version === '3.0';
  // Programs make a name of N: parts that cannot be seen would hide the one of FN.
  const seen = (value: string) => (isVisible(value) ? clean(value.trim()) : '');
  const text = (name: FieldName) => seen(textOf(resource, name));
  const alone = (value: string) => [clean(value)];
  const email = text('email');
  const telephone = text('telephone');
  const prefix = resource.attributes?.salutation;
  const revised = timestamp(resource.meta?.modified_at ?? resource.meta?.updated_at);
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

/** In 4.0 a UID is an address, unless it says that it is text. */
function uuidAddress(id: string): string | undefined {
  const isUuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
  return isUuid ? `urn:uuid:${id.toLowerCase()}` : undefined;
}

function timestamp(value: unknown): string | undefined {
  const time = parseTimestamp(value);
  return Number.isNaN(time) ? undefined : `${new Date(time).toISOString().slice(0, 19)}Z`;
}

// A control character is not allowed in a value, but for a tab; half a character in no file.
const unfit = /(?![\t\n])[\p{Cc}\p{Cs}]/gu;
const clean = (text: string) => text.replace(/\r\n?/g, '\n').replace(unfit, '\uFFFD');
