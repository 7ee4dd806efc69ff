/** Tests a long list from outside VS Code: during a reload, and while the user types and rows arrive. */
import assert from 'node:assert/strict';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { asked, type ContactRecord, colleague } from '../support/colleague';
import { closeAll, on, type Session, startOn } from '../support/outside';
import { signIn } from '../support/signIn';
import { until } from '../support/until';

describe('a list of 100,000, from outside of VS Code', () => {
  let server: ApiServer;
  let session: Session;
  let organisation: ContactRecord;

  before(async () => {
    server = await startApiServer({ contacts: 100_000 });
    organisation = (await colleague(server).organisations())[2] ?? assert.fail('no organisation');
    session = await startOn(server);
    await signIn(session.window, server.token);
  });
  after(() => closeAll(session, server));

  const hands = () => on(session.window);
  const name = () => String(organisation.attributes.name);
  const row = async (text: string) => (await hands().rows()).find((one) => one.includes(text));
  const lists = (start: number) =>
    asked(server, start).filter(({ path }) => path.includes(`${organisation.id}/customers/contacts?`));

  it('what was open, loaded and selected is so again after a reload', async () => {
    await until('the organisation', () => row(name()));
    await hands().clickRow(name());
    await until('its contacts', () => row('@'));
    await hands().press('End');
    await until('the way on', () => row('Load more'));
    await hands().clickRow('Load more');
    await until('a second page', async () => {
      await hands().press('End');
      return row('200 of 100,000');
    });
    const chosen = await until('a contact near the end', async () =>
      (await hands().rows()).filter((one) => one.includes('@')).at(-2),
    );
    await hands().clickRow(chosen);
    await until('the panel', () => hands().value('First name'));
    await session.window.command('View: Close All Editors');
    const start = server.requests.length;
    await session.window.reload();
    await until('the same row', async () => (await hands().selectedRows()).includes(chosen));
    assert.equal(lists(start).length, 2, 'the two pages that were there');
  });

  it('finds one of them while they arrive, with the list at rest under the cursor', async () => {
    const start = server.requests.length;
    await session.window.command('Ctrl Hub: Find Contact…');
    await until('the box', async () => /Find Contact/.test((await hands().quickInput()).title));
    await hands().type('lukasz');
    await until('a first one', async () => (await hands().quickInput()).rows[0]?.includes('Łukasz'));
    await hands().press('ArrowDown');
    await hands().press('ArrowDown');
    const before = (await hands().quickInput()).rows.slice(0, 3);
    await until('all of them', async () => !/so far/.test((await hands().quickInput()).title));
    assert.deepEqual((await hands().quickInput()).rows.slice(0, 3), before);
    const paths = lists(start).map(({ path }) => path);
    assert.equal(new Set(paths).size, paths.length, 'no page twice');
    // The server gives 500 rows a page at most.
    assert.ok(paths.length <= 100_000 / 500 + 4, `${paths.length} pages`);
    await hands().press('Escape');
  });
});
