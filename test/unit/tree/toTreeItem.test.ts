import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/http/errors';
import type { AccountStores } from '../../../src/contacts/accountStores';
import { newDraft, withEdit } from '../../../src/contacts/drafts/draft';
import { valuesOf } from '../../../src/contacts/model/contact';
import { typeInto } from '../../../src/contacts/saving/typeInto';
import { commandIds } from '../../../src/manifest';
import { contactNode, organisationNode } from '../../../src/tree/nodes';
import { OpenNodes } from '../../../src/tree/openNodes';
import { toTreeItem, withTooltip } from '../../../src/tree/toTreeItem';
import { accountInMemory } from '../../support/accountInMemory';
import { hostileStrings } from '../../support/hostileStrings';

describe('a row of the tree', () => {
  const { account, current, drafts } = accountInMemory();
  let data: AccountStores;
  let organisationId: string;
  let ids: readonly string[];
  const quiet = { dispose: () => undefined };
  const open = new OpenNodes(
    {
      onDidExpandElement: () => quiet,
      onDidCollapseElement: () => quiet,
      onDidChangeSelection: () => quiet,
    },
    { get: () => ({ expanded: {}, rows: {} }), set: () => undefined },
  );
  before(async () => {
    data = current.current ?? assert.fail('not signed in');
    const { organisations } = await data.organisations.ensure();
    organisationId = organisations[0]?.id ?? assert.fail('no organisation');
    ({ ids } = await data.contacts.ensureList(organisationId));
  });
  const refOf = (contactId: string) => ({ organisationId, contactId });
  const row = (contactId: string) => toTreeItem(contactNode(refOf(contactId)), data, drafts, open);
  const organisation = () => toTreeItem(organisationNode(organisationId, false), data, drafts, open);
  const full = () => {
    const found = ids.find((id) => {
      const values = valuesOf(data.contacts.summary(refOf(id)) ?? assert.fail(id));
      return Object.values(values).every((value) => value !== '');
    });
    return found ?? assert.fail('no contact with all values');
  };
  const labelOf = (item: { readonly label?: unknown }) => (item.label as { readonly label: string }).label;

  it('of a contact has its name and address, opens it, and says what can be done with it', () => {
    const id = full();
    const { first_name, last_name, email } = valuesOf(data.contacts.summary(refOf(id)) ?? assert.fail());
    const item = row(id);
    assert.equal(labelOf(item), `${first_name} ${last_name}`);
    assert.equal(item.description, email);
    assert.deepEqual(item.command, { command: commandIds.openRow, title: 'Open Contact' });
    assert.match(item.contextValue ?? '', /^contact email mail telephone/);
    assert.equal(item.accessibilityInformation?.label, `${first_name} ${last_name}, ${email}`);
  });

  it('says of a contact with a draft that it is unsaved, in words too, and counts it in its organisation', () => {
    const id = full();
    const key = { origin: account.origin, ...refOf(id) };
    const { email } = valuesOf(data.contacts.summary(refOf(id)) ?? assert.fail());
    drafts.contacts.set(key, withEdit(newDraft(), 'email', 'typed@example.org', email));
    assert.equal(row(id).description, `Unsaved · ${email}`);
    assert.match(row(id).accessibilityInformation?.label ?? '', /, unsaved changes$/);
    assert.equal(row(id).resourceUri?.scheme, 'ctrl-hub-draft');
    assert.match(row(id).contextValue ?? '', / edited$/);
    assert.match(String(organisation().description), /^1 unsaved · \d/);
    drafts.contacts.discard(key);
    assert.equal(row(id).description, email);
    assert.doesNotMatch(String(organisation().description), /unsaved/);
  });

  it('says of a contact with a proposal of an assistant who made it, until somebody types over it', async () => {
    const id = full();
    const key = { origin: account.origin, ...refOf(id) };
    const { email } = valuesOf(data.contacts.summary(refOf(id)) ?? assert.fail());
    const tooltip = async () =>
      String((await withTooltip(row(id), contactNode(refOf(id)), data, drafts)).tooltip);
    const type = (value: string, isProposed?: true) =>
      typeInto(
        drafts.contacts,
        undefined,
        key,
        { field: 'email', value, base: email, ...(isProposed && { isProposed }) },
        '',
        '',
      );
    type('proposed@example.org', true);
    assert.equal(row(id).description, `Unsaved · Proposed by an assistant · ${email}`);
    assert.match(row(id).accessibilityInformation?.label ?? '', /unsaved changes, Proposed by an assistant$/);
    assert.ok((await tooltip()).endsWith('\nProposed by an assistant: Email'));
    type('typed@example.org');
    assert.equal(row(id).description, `Unsaved · ${email}`);
    assert.ok(!(await tooltip()).includes('Proposed'));
    drafts.contacts.discard(key);
  });

  it('has the values in a tooltip, which is text', async () => {
    const id = full();
    const { email } = valuesOf(data.contacts.summary(refOf(id)) ?? assert.fail());
    const item = await withTooltip(row(id), contactNode(refOf(id)), data, drafts);
    assert.equal(typeof item.tooltip, 'string');
    assert.ok(String(item.tooltip).includes(`Email: ${email}\n`));
    assert.ok(String(item.tooltip).endsWith(`ID: ${id}`));
  });

  it('of a contact that is not known goes by its id', () => {
    assert.equal(row('unknown').label, 'unknown');
  });

  it('of a failure says what happened, what to do, and what Enter does; its words are text', () => {
    const error = new ApiError('invalid', {
      status: 422,
      problems: [{ title: 'Invalid', detail: String(hostileStrings.command) }],
      traceId: 'trace',
    });
    const node = { kind: 'failure', id: 'f', organisationId, error } as const;
    const item = toTreeItem(node, data, drafts, open);
    assert.equal(typeof item.label, 'string');
    assert.equal(typeof item.tooltip, 'string');
    assert.match(String(item.tooltip), /Trace ID: trace\nPress Enter to try again\.$/);
    assert.deepEqual(item.command?.arguments, [{ organisationId }]);
    assert.match(item.accessibilityInformation?.label ?? '', /Press Enter to try again\.$/);
  });

  it('below an organisation without contacts offers to read it again', () => {
    const item = toTreeItem({ kind: 'empty', id: 'e', organisationId }, data, drafts, open);
    assert.deepEqual([item.label, item.command?.command], ['No contacts', commandIds.refresh]);
  });
});
