import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

type Telephones = typeof import('../../../../src/platform/text/telephones');

// Loaded plans stay loaded, and other tests of this process may have loaded them: this is a copy of its own.
const load = createRequire(__filename);
const file = load.resolve('../../../../src/platform/text/telephones');
const others = load.cache[file];
delete load.cache[file];
const { loadPlans, needsPlans, onDidLoadPlans, readable, shownName } = load(file) as Telephones;
if (others) load.cache[file] = others;

// The order of these tests matters.
describe('a telephone number for the eye', () => {
  const bare = '+447700900123';
  const asWritten = ['07700 900123', '+44 7700 900123', '+44-7700-900123', '+44 (0)7700900123', 'Siân', ''];

  it('needs the plans where it is international and nobody has grouped it', () => {
    assert.ok(needsPlans(bare) && needsPlans('00447700900123'));
    for (const text of [...asWritten, '07700900123', '+44', `${bare}x12`, 'call +447700900123'])
      assert.ok(!needsPlans(text), text);
  });

  it('is as it was given at first, and told of when it can be read', async () => {
    const told = new Promise<void>((resolve) => {
      onDidLoadPlans(resolve);
    });
    assert.equal(readable(bare), bare);
    await told;
    assert.equal(readable(bare), '+44 7700 900123');
    await loadPlans();
    assert.ok(!needsPlans(bare));
  });

  it('stays as a person wrote it', () => {
    for (const text of [...asWritten, '07700900123']) assert.equal(readable(text), text);
  });

  it('is the name of a contact that has no other', () => {
    const contact = { id: '1', type: 'contacts', attributes: { telephone: ` ${bare}` } };
    assert.equal(shownName(contact), '+44 7700 900123');
    assert.equal(
      shownName({ ...contact, attributes: { email: 'a@b.example', telephone: bare } }),
      'a@b.example',
    );
  });
});
