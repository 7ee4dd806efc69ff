import assert from 'node:assert/strict';
import { recordServer } from '../../../support/recordServer';
import { ref, savingWindow } from '../../../support/savingWindow';

describe('a value saved here that a colleague replaced', () => {
  const api = recordServer({ id: 'c', type: 'contacts' }, () => ({
    first_name: 'Ada',
    last_name: 'Byron',
    email: 'old@x.org',
    telephone: null,
  }));
  const open = () => savingWindow(api.server);

  for (const how of ['save of another field', 'load'] as const)
    it(`is asked about when the colleague puts it back (seen by a ${how})`, async () => {
      const one = await open();
      one.type('first_name', 'Eva');
      await one.save();
      assert.equal(one.state(), 'saved');
      api.attributes = { ...api.attributes, first_name: 'Colleague' };
      if (how === 'load') await one.store.load(ref);
      else {
        one.type('email', 'new@x.org');
        await one.save();
      }
      assert.equal(one.shown().first_name, 'Colleague');
      one.type('first_name', 'Dora');
      api.attributes = { ...api.attributes, first_name: 'Eva' };
      await one.save();
      assert.equal(api.attributes.first_name, 'Eva');
      assert.equal(one.state(), 'conflict');
    });
});
