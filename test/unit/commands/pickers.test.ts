import assert from 'node:assert/strict';
import { pickContact } from '../../../src/commands/common/contactPicker';
import { pickScope } from '../../../src/commands/common/pickScope';
import type { Services } from '../../../src/commands/common/services';
import { ContactStore } from '../../../src/contacts/lists/contactStore';
import { WholeLoads } from '../../../src/contacts/lists/wholeLoads';
import { clientOf } from '../../support/apiClient';
import { untilQuiet } from '../../support/apiServer';
import { newGate } from '../../support/gate';
import { startListServer } from '../../support/listServer';
import { until } from '../../support/until';
import { opened } from '../../support/vscode';

const session = { ready: async () => undefined };

describe('the search for a contact', () => {
  it('reads no whole list if it is closed before the first page has arrived', async () => {
    const answer = newGate();
    const { server } = await startListServer({ count: 5_000, hold: { offset: 0, until: answer.opened } });
    try {
      const contacts = new ContactStore(clientOf(server));
      const organisations = { name: () => 'One' };
      const account = { origin: server.url };
      const current = { contacts, wholeLoads: new WholeLoads(contacts), account, organisations };
      const services = Object.assign({} as Services, {
        session,
        data: { current },
        recent: { of: () => [] },
      });
      const picking = pickContact(services, 'Open', { organisationId: 'o' }, () => undefined);
      await until('the request', () => server.requests.length === 1);
      opened.lists.at(-1)?.hide();
      answer.open();
      await picking;
      await untilQuiet(server);
      assert.equal(server.requests.length, 1);
    } finally {
      await server.stop();
    }
  });
});

describe('the question for contacts', () => {
  it('names each of several organisations that are selected', async () => {
    opened.lists.length = 0;
    const name = (id: string) => `Organisation ${id}`;
    const organisations = { list: { organisations: [] }, ensure: async () => ({ organisations: [] }), name };
    const current = { organisations, arranged: { options: () => ({ filter: '' }) } };
    const services = Object.assign({} as Services, {
      session,
      data: { current },
      panels: {},
      selectedNodes: () => [],
      tree: { contactsInGroup: () => [] },
    });
    const node = (id: string) => ({ kind: 'organisation', id, organisationId: id, only: false }) as const;
    const [one, other] = [node('a'), node('b')];
    const picking = pickScope(services, { title: 'Export', placeholder: 'What?' }, one, [one, other]);
    const list = await until('the question', () => opened.lists.at(-1));
    assert.match(JSON.stringify(list.items), /Organisation a.*Organisation b/);
    list.hide();
    await picking;
  });
});
