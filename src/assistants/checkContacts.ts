/** The tool that checks all contacts of an organisation, as Check Contacts does. It gives counts and IDs, no values. */

import { type RuleId, ruleIds } from '../changes/checks/finding';
import { fullName } from '../contacts/model/contact';
import { toolIds } from '../manifest';
import { accessTo, assertStill, readList, type ToolHost } from './access';
import type { Answer } from './answer';
import { fitting } from './dataText';
import type { CheckInput } from './inputs';

/** The most IDs: of each kind in an overview, and of one kind that is asked for. */
const maxIds = { overview: 20, kind: 100 } as const;

export async function checkContacts(
  host: ToolHost,
  { organisation, kind, offset = 0 }: CheckInput,
  signal: AbortSignal,
): Promise<Answer> {
  const access = await accessTo(host, organisation, signal);
  const { data, organisationId } = access;
  await readList(access, signal);
  const found = new Map<RuleId, Set<string>>(ruleIds.map((rule) => [rule, new Set()]));
  const checked = await host.check(data, organisationId, signal, ({ rule, ref }) =>
    found.get(rule)?.add(ref.contactId),
  );
  assertStill(host, toolIds.checkContacts, access);
  const kinds = [...found].filter(([rule, ids]) => (kind === undefined ? ids.size > 0 : rule === kind));
  const size = kind === undefined ? maxIds.overview : maxIds.kind;
  const from = kind === undefined ? 0 : offset;
  const { text, count } = fitting(size, (fit) => ({
    organisation: organisationId,
    checked,
    findings: kinds.map(([rule, all]) => {
      const ids = [...all].slice(from, from + fit);
      const next = from + ids.length;
      return {
        kind: rule,
        contacts: all.size,
        ids,
        ...(next < all.size && ids.length > 0 && { next_offset: next }),
      };
    }),
  }));
  const ids = [...new Set(kinds.flatMap(([, all]) => [...all].slice(from, from + count)))];
  const isAny = kinds.some(([, all]) => all.size > 0);
  return {
    text: isAny ? `${more(kind)}\n${text}` : `Nothing was found.\n${text}`,
    note: `${ids.length} IDs of ${checked} checked`,
    organisationId,
    organisation: access.organisation,
    contacts: ids.map((contactId) => {
      const resource = data.contacts.summary({ organisationId, contactId });
      return { id: contactId, name: resource ? fullName(resource) : '' };
    }),
    fields: [],
  };
}

const more = (kind: RuleId | undefined) =>
  kind === undefined
    ? 'For more IDs of a kind, ask with "kind", and with its "next_offset" as "offset".'
    : 'For more IDs, ask with "next_offset" as "offset".';
