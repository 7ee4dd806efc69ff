import assert from 'node:assert/strict';
import { recordServer } from '../../../support/recordServer';
import { ref, savingWindow } from '../../../support/savingWindow';

describe('an Undo that was given up', () => {
  const api = recordServer({ id: 'c', type: 'contacts' }, () => ({ first_name: 'Ada', email: 'n/a' }));
  const open = () => savingWindow(api.server);

  it('leaves no values behind: a field that is cleared later is sent as ""', async () => {
    const { saves, type } = await open();
    type('telephone', '12');
    await saves.save(ref);
    api.attributes = { ...api.attributes, telephone: '13' };
    await saves.undo(ref);
    assert.equal(saves.state(ref).kind, 'conflict');
    await saves.resolve(ref, [{ field: 'telephone', theirs: '13', choice: 'theirs' }]);
    type('telephone', '');
    await saves.save(ref);
    assert.deepEqual(api.puts().at(-1), { first_name: 'Ada', email: 'n/a', telephone: '' });
  });

  it('leaves no values behind: an email address without an @ is not sent', async () => {
    const { saves, type } = await open();
    type('email', 'a@x.org');
    await saves.save(ref);
    api.attributes = { ...api.attributes, email: 'b@x.org' };
    await saves.undo(ref);
    await saves.resolve(ref, [{ field: 'email', theirs: 'b@x.org', choice: 'theirs' }]);
    type('email', 'n/a');
    await saves.save(ref);
    assert.equal(saves.state(ref).kind, 'blocked');
  });
});
