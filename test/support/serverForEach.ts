/** A server for the tests of a `describe`, each of which gets a contact of its own. */
import assert from 'node:assert/strict';
import { type ApiServer, type Fault, startApiServer } from './apiServer';
import { asked, type ContactRecord, colleague } from './colleague';

/** @param contacts the number of contacts, at least one for each test */
export function serverForEach(contacts: number) {
  let server: ApiServer;
  let organisationId: string;
  let all: readonly ContactRecord[];
  let next = 0;
  let contactId: string;
  let start: number;
  before(async () => {
    server = await startApiServer({ contacts });
    organisationId = (await colleague(server).organisations())[1]?.id ?? assert.fail();
    all = await colleague(server).contacts(organisationId);
  });
  after(() => server.stop());
  beforeEach(() => {
    server.fault = undefined;
    server.hold = undefined;
    contactId = all[next++]?.id ?? assert.fail('no more contacts');
    start = server.requests.length;
  });
  return {
    get server() {
      return server;
    },
    /** The contact of the test. */
    get ref() {
      return { organisationId, contactId };
    },
    /** The POSTs of the test so far. */
    posts: () => asked(server, start).filter(({ method }) => method === 'POST').length,
    /** Sets the answer to each POST from now on. */
    onPost(fault: Fault) {
      server.fault = ({ method }) => (method === 'POST' ? fault : undefined);
    },
  };
}
