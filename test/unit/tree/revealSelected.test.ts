import assert from 'node:assert/strict';
import type { ContactsNode } from '../../../src/tree/nodes';
import { revealSelected } from '../../../src/tree/revealSelected';

const node = (id: string) => ({ kind: 'contact', id }) as unknown as ContactsNode;

describe('the contact that was selected before a reload', () => {
  const setUp = (drawnAfter: number) => {
    let toSelect: string | undefined = 'two';
    const revealed: ContactsNode[] = [];
    const view = {
      visible: true,
      reveal: async (one: ContactsNode) => {
        revealed.push(one);
        if (revealed.length > drawnAfter) toSelect = undefined;
      },
    };
    const reveal = revealSelected(view, { isToSelect: ({ id }) => id === toSelect });
    return { view, revealed, reveal };
  };

  it('is revealed again until VS Code has drawn it', async () => {
    const { revealed, reveal } = setUp(2);
    await reveal([node('one'), node('two')]);
    assert.deepEqual(
      revealed.map(({ id }) => id),
      ['two', 'two', 'two'],
    );
  });

  it('is left alone where it is not among the children, and after it is selected', async () => {
    const { revealed, reveal } = setUp(0);
    await reveal([node('one')]);
    assert.equal(revealed.length, 0);
    await reveal([node('two')]);
    await reveal([node('two')]);
    assert.equal(revealed.length, 1);
  });

  it('is revealed after the view became visible', async () => {
    const { view, revealed, reveal } = setUp(0);
    view.visible = false;
    const done = reveal([node('two')]);
    await new Promise((resolve) => setTimeout(resolve));
    assert.equal(revealed.length, 0);
    view.visible = true;
    await done;
    assert.equal(revealed.length, 1);
  });
});
