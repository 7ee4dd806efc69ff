import assert from 'node:assert/strict';
import { pickOrganisations } from '../../../../src/commands/common/pickOrganisations';
import type { Services } from '../../../../src/commands/common/services';
import { OrganisationStore } from '../../../../src/contacts/lists/organisationStore';
import { clientOf } from '../../../support/apiClient';
import { type ApiServer, startApiServer } from '../../../support/apiServer';
import { type Gate, newGate } from '../../../support/gate';
import { until } from '../../../support/until';
import { person } from '../../../support/vscode';

describe('a command that waits for the organisations', () => {
  let server: ApiServer;
  let answer: Gate;
  beforeEach(async () => {
    answer = newGate();
    server = await startApiServer({
      handler: async () => {
        await answer.opened;
        return Response.json({ data: [{ id: 'o', type: 'organisations', attributes: { name: 'One' } }] });
      },
    });
  });
  afterEach(() => server.stop());

  it('gets them, also if a refresh stops the first read', async () => {
    const store = new OrganisationStore(clientOf(server));
    const waiting = store.ensure();
    await until('the request', () => server.requests.length === 1);
    store.invalidate();
    const refreshed = store.ensure();
    answer.open();
    assert.equal((await waiting).organisations.length, 1);
    await refreshed;
    assert.equal(server.requests.length, 2);
  });

  it('does not say that there are none, if the user signs out meanwhile', async () => {
    person.shown = [];
    const organisations = new OrganisationStore(clientOf(server));
    const services = Object.assign({} as Services, {
      session: { ready: async () => undefined },
      data: { current: { organisations } },
    });
    const picking = pickOrganisations(services, 'Open Contact', undefined);
    await until('the request', () => server.requests.length === 1);
    organisations.dispose();
    answer.open();
    assert.equal(await picking, undefined);
    assert.deepEqual(person.shown, []);
  });
});
