/** Tests responses that arrive after those to later requests. */
import assert from 'node:assert/strict';
import { ContactStore } from '../../../../src/contacts/lists/contactStore';
import { saveContact } from '../../../../src/contacts/saving/saveContact';
import { clientOf } from '../../../support/apiClient';
import { type ApiServer, startApiServer } from '../../../support/apiServer';
import { until } from '../../../support/until';

const ref = { organisationId: 'o', contactId: 'c' };

describe('the late answer of a save', () => {
  let server: ApiServer;
  let store: ContactStore;
  let contact: { attributes: Record<string, unknown>; meta: Record<string, unknown> };
  let hasTimes: boolean;
  /** Delays a PUT before it is carried out. */
  let before: Promise<void> | undefined;

  beforeEach(async () => {
    before = undefined;
    contact = { attributes: { first_name: 'Ada', last_name: 'Byron' }, meta: {} };
    server = await startApiServer({
      handler: async (request) => {
        if (request.method === 'PUT') {
          await before;
          change((await request.json()).data.attributes);
        }
        const data = { id: 'c', type: 'contacts', ...contact };
        return Response.json({ data: new URL(request.url).pathname.endsWith('/c') ? data : [data] });
      },
    });
    store = new ContactStore(clientOf(server));
    await store.ensureList('o');
  });
  afterEach(() => server.stop());

  let seconds = 0;
  const change = (attributes: object) => {
    const modified_at = `2026-01-01T00:${String(Math.floor(++seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}Z`;
    contact = {
      attributes: { ...contact.attributes, ...attributes },
      meta: hasTimes ? { modified_at } : {},
    };
  };
  const shown = () => store.summary(ref)?.attributes;
  const save = () =>
    saveContact(store, ref, { base: { last_name: 'Byron' }, edits: { last_name: 'Lovelace' } });
  const puts = () => server.requests.filter(({ method }) => method === 'PUT').length;
  const gate = () => {
    let open: () => void = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    return { open, opened };
  };

  for (const times of [true, false])
    for (const read of ['page', 'contact'] as const)
      it(`takes no place of a newer ${read}, ${times ? 'by its time' : 'also without times'}`, async () => {
        hasTimes = times;
        const { open, opened } = gate();
        let isHeld = true;
        server.hold = ({ method }) => (method === 'PUT' && isHeld ? opened : undefined);
        const saving = save();
        await until('the PUT', () => contact.attributes.last_name === 'Lovelace');
        change({ last_name: 'King' });
        store.invalidate();
        if (read === 'page') await store.ensureList('o');
        else await store.load(ref);
        assert.equal(shown()?.last_name, 'King');
        const seen: unknown[] = [];
        store.onDidChange(() => seen.push(shown()?.last_name));
        isHeld = false;
        open();
        await saving;
        assert.equal(shown()?.last_name, 'King');
        await until('its reading', () => server.requests.at(-1)?.method === 'GET');
        await until('the contact', () => store.document(ref)?.resource.attributes?.last_name === 'King');
        assert.deepEqual([...new Set(seen)], ['King'], 'no older value was shown meanwhile');
        assert.equal(puts(), 1);
      });

  for (const times of [true, false])
    it(`takes the place of a page that was made before the PUT, ${times ? 'by its time' : 'also without times'}`, async () => {
      hasTimes = times;
      change({ first_name: 'Augusta' });
      const { open, opened } = gate();
      before = opened;
      const saving = save();
      await until('the PUT', () => puts() === 1);
      store.invalidate();
      await store.ensureList('o');
      open();
      await saving;
      assert.deepEqual(shown(), { first_name: 'Augusta', last_name: 'Lovelace' });
      assert.equal(server.requests.at(-1)?.path.includes('/contacts?'), true, 'nothing is read again');
    });
});
