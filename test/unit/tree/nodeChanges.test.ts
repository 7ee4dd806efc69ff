import assert from 'node:assert/strict';
import { yieldToEventLoop } from '../../../src/base/abort';
import { NodeChanges } from '../../../src/tree/nodeChanges';
import { type ContactsNode, organisationNode } from '../../../src/tree/nodes';

describe('changes of rows', () => {
  const [one, other] = [organisationNode('one', false), organisationNode('other', false)];

  it('wait while the children of the row are being read, and come once', async () => {
    const changes = new NodeChanges();
    const seen: (ContactsNode | undefined)[] = [];
    changes.event((node) => seen.push(node));
    const read = changes.whileReading(one, async () => {
      changes.fire(one);
      changes.fire(other);
      await yieldToEventLoop();
      changes.fire(one);
      return 'children';
    });
    assert.equal(await read, 'children');
    assert.deepEqual(seen, [other], 'not before VS Code has the children');
    await yieldToEventLoop();
    await yieldToEventLoop();
    assert.deepEqual(seen, [other, one]);
    changes.fire(one);
    assert.deepEqual(seen, [other, one, one]);
  });

  it('wait for the last of several readings, also when one fails', async () => {
    const changes = new NodeChanges();
    const seen: (ContactsNode | undefined)[] = [];
    changes.event((node) => seen.push(node));
    let end = () => {};
    const slow = changes.whileReading(one, () => new Promise<void>((resolve) => (end = resolve)));
    await assert.rejects(changes.whileReading(one, () => Promise.reject(new Error('no'))));
    changes.fire(one);
    await yieldToEventLoop();
    await yieldToEventLoop();
    assert.deepEqual(seen, []);
    end();
    await slow;
    await yieldToEventLoop();
    await yieldToEventLoop();
    assert.deepEqual(seen, [one]);
  });
});
