import assert from 'node:assert/strict';
import { newGate } from '../../../support/gate';
import { recordServer } from '../../../support/recordServer';
import { ref, savingWindow } from '../../../support/savingWindow';
import { until } from '../../../support/until';

describe('a reading of a contact that arrives after a newer one', () => {
  const api = recordServer({ id: 'c', type: 'contacts' }, () => ({
    first_name: 'Ada',
    last_name: 'Byron',
    email: 'old@x.org',
    telephone: null,
  }));

  it('shows nothing older, and ends no edit', async () => {
    const window = await savingWindow(api.server);
    const late = newGate();
    let held = false;
    api.server.hold = () => {
      if (held) return undefined;
      held = true;
      return late.opened;
    };
    const older = window.store.load(ref);
    await until('the first request', () => held);
    api.attributes = { ...api.attributes, email: 'colleague@x.org' };
    await window.store.load(ref);
    assert.equal(window.shown().email, 'colleague@x.org');
    // The user puts the old value back.
    window.type('email', 'old@x.org');
    late.open();
    await older;
    window.saves.settle(ref);
    assert.equal(window.shown().email, 'colleague@x.org');
    assert.deepEqual(window.edits(), { email: 'old@x.org' });
    await window.save();
    assert.equal(api.attributes.email, 'old@x.org');
  });
});
