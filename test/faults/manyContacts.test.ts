/**
 * Tests the whole way of 300 contacts in a real VS Code: typed as text by a regular expression, changed, deleted and
 * refused elsewhere while they are applied, interrupted by a crash, applied to the end, and undone in part.
 */
import assert from 'node:assert/strict';
import { type ApiServer, type RecordedRequest, startApiServer, untilQuiet } from '../support/apiServer';
import { asked, type ContactRecord, colleague } from '../support/colleague';
import { closeAll, on, type Session, says as saysIn, startOn, type Window } from '../support/outside';
import { signIn } from '../support/signIn';
import { until } from '../support/until';

type Values = Readonly<Record<string, unknown>>;

const size = 340;
const refusedAfter = 429;
const [changedElsewhere, deleted] = [12, 3];
/** The numbers of PUTs, counted as they arrive. */
const [limited, killed] = [70, 150];

describe('three hundred contacts', () => {
  let server: ApiServer;
  let session: Session;
  let other: ReturnType<typeof colleague>;
  let organisation: ContactRecord;
  /** The contacts whose email address the regular expression matches, with their values before. */
  let contacts: readonly ContactRecord[];
  /** The values that Ctrl Hub holds, as the test knows them. */
  const truth = new Map<string, Values>();
  let sentLast: readonly RecordedRequest[] = [];
  const sent: { readonly id: string; readonly attributes: Values }[] = [];

  before(async () => {
    server = await startApiServer({ contacts: size });
    other = colleague(server);
    organisation = (await other.organisations()).at(-1) ?? assert.fail('no organisation');
    const all = await other.allContacts(organisation.id);
    assert.equal(all.length, size);
    const { compare } = new Intl.Collator();
    // As the review orders them: what is to happen before VS Code is killed happens to the first of them.
    contacts = all
      .filter(({ attributes }) => /^[\w.]+@/.test(String(attributes.email)))
      .toSorted((one, two) => compare(nameOf(one), nameOf(two)));
    assert.ok(contacts.length >= 300, `${contacts.length} contacts`);
    for (const { id, attributes } of all) truth.set(id, attributes);
    session = await startOn(server, {
      settings: {
        'files.autoSave': 'afterDelay',
        'files.autoSaveDelay': 100,
        '[ctrlhub-contacts]': { 'files.autoSave': 'afterDelay' },
      },
    });
    await signIn(session.window, server.token);
  });
  after(() => closeAll(session, server));

  const nameOf = ({ attributes: { title, first_name, last_name } }: ContactRecord) =>
    [title, first_name, last_name].filter(Boolean).join(' ');
  const hands = () => on(session.window);
  const path = (id: string) => `/v3/orgs/${organisation.id}/customers/contacts/${id}`;
  const idIn = ({ path: asked }: RecordedRequest) => asked.split('?')[0]?.split('/').at(-1) ?? '';
  const puts = (start = 0) => asked(server, start).filter(({ method }) => method === 'PUT');
  const says = (words: RegExp) => saysIn(session.window, words);
  /** The lines of the editor that are on screen. A browser draws the tab in front only. */
  const textIn = async (window: Window) => {
    await window.page.bringToFront();
    return (await on(window).texts('.editor-instance .view-lines')).join('\n');
  };
  async function openText(): Promise<void> {
    await hands().expand(String(organisation.attributes.name), '@');
    await hands().clickRow(String(organisation.attributes.name));
    await session.window.command('Ctrl Hub: Edit as Text');
    await until('the scopes', async () => (await hands().quickInput()).rows.length > 0);
    await hands().pick(String(organisation.attributes.name));
    await until('the text', async () => (await textIn(session.window)).includes('email:'));
  }
  /** Replaces all matches of a regular expression in the editor, as a user does. */
  async function replaceAll(window: Window, pattern: string, by: string): Promise<void> {
    const { page } = window;
    await page.bringToFront();
    const isRegex = () =>
      page.locator('.find-widget.visible .codicon-find-regex[aria-checked="true"]').count();
    await page.locator('.editor-instance .view-lines').last().click();
    await on(window).press('Control+h');
    await page.locator('.find-widget.visible textarea').first().fill(pattern);
    if ((await isRegex()) === 0) await on(window).press('Alt+r');
    await page.locator('.find-widget.visible textarea').nth(1).fill(by);
    await on(window).press('Control+Alt+Enter');
    await on(window).press('Escape');
  }
  const wanted = (email: unknown) => String(email).replace(/@.*$/, '@renamed.example');
  const changeElsewhere = async (id: string, attributes: Values) => {
    await other.change(path(id), attributes);
    truth.set(id, { ...truth.get(id), ...attributes });
  };
  /** Checks the body of a PUT: all that Ctrl Hub holds, with the value that was typed. */
  const checkBody = (request: RecordedRequest, values: (before: Values) => Values) => {
    const id = idIn(request);
    const { data } = request.json as { data: { id: string; attributes: Values } };
    const before = truth.get(id) ?? assert.fail('a contact that nobody asked for');
    assert.equal(data.id, id);
    assert.deepEqual(data.attributes, { ...before, ...values(before) });
  };

  it('are edited by a regular expression, and nothing is sent, though auto-save is on', async () => {
    await openText();
    await replaceAll(session.window, '^(email: [\\w.]+)@.*$', '$1@renamed.example');
    await session.window.command('Ctrl Hub: Review Changes');
    await says(new RegExp(`Apply to ${contacts.length} contacts`));
    assert.deepEqual(puts(), []);
  });

  it('are applied, while others change, delete and refuse some, until VS Code is killed', async () => {
    const ids = contacts.map(({ id }) => id);
    const changed = ids.filter((_, n) => n % 9 === 4).slice(0, changedElsewhere);
    const sameField = changed.slice(0, 5);
    const gone = ids.filter((_, n) => n % 40 === 7).slice(0, deleted);
    const [refused = '', lost = ''] = ids.filter((_, n) => n === 33 || n === 52);
    for (const [n, id] of changed.entries())
      await changeElsewhere(
        id,
        sameField.includes(id) ? { email: `theirs-${n}@example.org` } : { telephone: `07700 9003${10 + n}` },
      );
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let count = 0;
    let resumes = 0;
    let isKilled = false;
    const problems: unknown[] = [];
    server.fault = (request) => {
      const id = idIn(request);
      if (request.headers['x-colleague'] !== undefined) return undefined;
      if (gone.includes(id)) return { status: 404, body: { errors: [{ title: 'Not found' }] } };
      if (request.method !== 'PUT') return undefined;
      const now = performance.now();
      count++;
      if (count === limited) {
        resumes = now + 2_000;
        return {
          status: refusedAfter,
          headers: { 'retry-after': '2' },
          body: { errors: [{ title: 'Slower' }] },
        };
      }
      // Three others may have been on their way.
      if (now < resumes && count > limited + 3) problems.push('sent during the wait');
      if (id === refused)
        return { status: 422, body: { errors: [{ title: 'Not this one', detail: 'by the test' }] } };
      try {
        checkBody(request, ({ email }) => ({ email: wanted(email) }));
      } catch (error) {
        problems.push(error);
      }
      sent.push({ id, attributes: truth.get(id) ?? {} });
      const { data } = request.json as { data: { attributes: Values } };
      truth.set(id, data.attributes);
      if (id === lost) return { carriedOut: true, drop: 'after' };
      if (count < killed) return undefined;
      isKilled = true;
      return { carriedOut: true, held, drop: 'after' };
    };
    await until('VS Code’s note of the review', () => session.window.remembers('ctrlHub.review'));
    await hands().clickButton(`Apply to ${ids.length} contacts`);
    await until('contact 150', () => isKilled);
    session.killExtensionHosts();
    // Requests that the host sent before its end may still arrive.
    await untilQuiet(server, { pending: Number.POSITIVE_INFINITY });
    // VS Code may start the extension again before the reload: it must not tell the outcomes to the old window.
    let isReloaded = () => {};
    const untilReloaded = new Promise<void>((resolve) => {
      isReloaded = resolve;
    });
    server.fault = (request) => {
      if (request.headers['x-colleague'] !== undefined) return undefined;
      if (gone.includes(idIn(request))) return { status: 404, body: { errors: [{ title: 'Not found' }] } };
      return { held: untilReloaded };
    };
    release();
    assert.deepEqual(problems, []);
    const arrived = new Set(sent.map(({ id }) => id));
    assert.equal(arrived.size, sent.length, 'none twice');
    assert.ok(arrived.has(lost) && !arrived.has(refused));
    for (const id of [...sameField, ...gone]) assert.ok(!arrived.has(id));

    const start = server.requests.length;
    // An extension host that VS Code started since would go on for a while after the reload.
    session.killExtensionHosts();
    await session.window.reload();
    isReloaded();
    // The notice may have hidden itself by now.
    await session.window.command('Notifications: Show Notifications');
    const notices = () => hands().texts('.notification-list-item');
    await until('the notice', async () => (await notices()).some((text) => text.includes('was interrupted')));
    const notice = (await notices()).find((text) => text.includes('was interrupted')) ?? '';
    assert.deepEqual(puts(start), []);
    const notSent = ids.length - arrived.size - sameField.length - gone.length - 1;
    const told = `${arrived.size} saved, ${sameField.length} in conflict, ${gone.length + 1} not saved, ${notSent} not sent`;
    assert.ok(notice.includes(told), `${notice}, and not ${told}`);

    // The review is there again, without being asked for.
    const left = ids.filter((id) => !arrived.has(id) && !sameField.includes(id) && !gone.includes(id));
    const text = await says(/Apply to \d+ contacts/);
    assert.match(text, new RegExp(`Apply to ${left.length} contacts`));
    const again = server.requests.length;
    await hands().clickButton(`Apply to ${left.length} contacts`);
    await says(new RegExp(`${left.length} saved`));
    sentLast = puts(again);
    for (const request of sentLast) {
      checkBody(request, ({ email }) => ({ email: wanted(email) }));
      const { data } = request.json as { data: { attributes: Values } };
      truth.set(idIn(request), data.attributes);
    }
    assert.deepEqual(puts(again).map(idIn).toSorted(), left.toSorted(), 'exactly those that were left');
    for (const { id, attributes } of contacts) {
      const now = (await other.read(path(id))).attributes;
      assert.deepEqual(now, truth.get(id));
      const isMine = !sameField.includes(id) && !gone.includes(id);
      if (isMine) assert.equal(now.email, wanted(attributes.email));
    }
  });

  it('are put back, but for the third that somebody has changed since', async () => {
    const mine = sentLast.map(idIn);
    const theirs = mine.filter((_, n) => n % 3 === 1);
    for (const [n, id] of theirs.entries()) await changeElsewhere(id, { email: `since-${n}@example.org` });
    const start = server.requests.length;
    const before = new Map(contacts.map(({ id, attributes }) => [id, attributes.email]));
    await session.window.command('Ctrl Hub: Undo Changes');
    await until('the batches', async () => (await hands().quickInput()).rows.length > 1);
    await hands().pick(`${mine.length} contacts`);
    const left = mine.length - theirs.length;
    await says(new RegExp(`Apply to ${left} contacts`));
    assert.deepEqual(puts(start), []);
    await hands().clickButton(`Apply to ${left} contacts`);
    await says(new RegExp(`${left} saved`));
    assert.equal(puts(start).length, left);
    for (const request of puts(start)) {
      const id = idIn(request);
      assert.ok(!theirs.includes(id));
      checkBody(request, () => ({ email: before.get(id) }));
    }
    for (const [n, id] of theirs.entries())
      assert.equal((await other.read(path(id))).attributes.email, `since-${n}@example.org`);
  });
});
