import assert from 'node:assert/strict';
import type { Services } from '../../../src/commands/common/services';
import { nextContact } from '../../../src/commands/contact/nextContact';
import { Panels } from '../../../src/panel/panels';
import { newGate } from '../../support/gate';

describe('the next contact', () => {
  it('takes the place of the panel that was left, and of none to which the user has gone meanwhile', async () => {
    const gate = newGate();
    const closed: string[] = [];
    const opened: string[] = [];
    const panelOf = (contactId: string) => ({
      identity: { origin: 'x', organisationId: 'o', contactId },
      contact: { isAtRest: true },
      window: { dispose: () => closed.push(contactId) },
    });
    let active = panelOf('a');
    const panels = {
      get active() {
        return active;
      },
      get activeContact() {
        return active.identity;
      },
      edit: (ref: { contactId: string }) => void opened.push(ref.contactId),
      replace: Panels.prototype.replace,
    };
    const current = {
      contacts: { list: () => ({ next: 1 }), loadMore: () => gate.opened },
      arranged: { rows: async () => ['a'] },
    };
    const services = Object.assign({} as Services, { panels, data: { current } });
    const going = nextContact(services, undefined, []);
    active = panelOf('other');
    gate.open();
    current.arranged.rows = async () => ['a', 'b'];
    await going;
    assert.deepEqual([opened, closed], [['b'], []]);
  });
});
