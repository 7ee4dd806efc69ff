import assert from 'node:assert/strict';
import { recordServer } from '../../../support/recordServer';
import { ref, savingWindow } from '../../../support/savingWindow';

describe('an API whose answer to a PUT repeats what was sent, and whose next reading has it tidied', () => {
  const api = recordServer(
    { id: 'c', type: 'contacts' },
    () => ({
      first_name: 'Ada',
      last_name: 'Byron',
      email: 'old@x.org',
      telephone: null,
      association: 'owner',
    }),
    (sent) => ({ ...sent, email: String(sent.email).toLowerCase() }),
  );
  const open = () => savingWindow(api.server);
  const echo = () => {
    api.server.fault = ({ method, json }) =>
      method === 'PUT' ? { carriedOut: true, body: json } : undefined;
  };

  it('is undone without a question', async () => {
    echo();
    const one = await open();
    one.type('email', 'Ada@X.org');
    await one.saves.save(ref);
    assert.equal(one.state(), 'saved');
    await one.saves.undo(ref);
    assert.deepEqual(one.saves.conflicts(ref), [], 'nobody else changed anything');
    assert.equal(one.state(), 'saved');
    assert.equal(api.attributes.email, 'old@x.org');
  });

  it('is saved again without a question', async () => {
    echo();
    const one = await open();
    one.type('email', 'Ada@X.org');
    await one.saves.save(ref);
    one.type('email', 'Eve@X.org');
    await one.saves.save(ref);
    assert.deepEqual(one.saves.conflicts(ref), [], 'nobody else changed anything');
    assert.equal(one.state(), 'saved');
    assert.equal(api.attributes.email, 'eve@x.org');
  });

  it('a colleague who changes it after the save is still asked about', async () => {
    for (const how of ['undo', 'type'] as const) {
      echo();
      api.attributes = { ...api.attributes, email: 'old@x.org' };
      const one = await open();
      one.type('email', 'Ada@X.org');
      await one.saves.save(ref);
      api.attributes = { ...api.attributes, email: 'colleague@x.org' };
      if (how === 'undo') await one.saves.undo(ref);
      else {
        one.type('email', 'Eve@X.org');
        await one.saves.save(ref);
      }
      assert.equal(one.state(), 'conflict');
      assert.equal(api.attributes.email, 'colleague@x.org');
    }
  });

  it('typed back to what is on screen after a save is no edit', async () => {
    echo();
    const one = await open();
    one.type('email', 'Ada@X.org');
    await one.saves.save(ref);
    one.type('email', 'Ada@X.orgg');
    one.type('email', 'Ada@X.org');
    assert.deepEqual(one.draft()?.edits, {});
  });

  it('a reading with errors beside it may lack attributes, and nothing is sent that is made from it', async () => {
    const one = await open();
    one.type('first_name', 'Bea');
    api.server.fault = ({ method }) => {
      const { association: _, ...attributes } = api.attributes;
      return method === 'GET'
        ? {
            body: {
              data: { id: 'c', type: 'contacts', attributes },
              errors: [{ title: 'The customer attributes could not be loaded' }],
            },
          }
        : undefined;
    };
    await one.saves.save(ref);
    assert.equal(api.attributes.association, 'owner');
  });
});
