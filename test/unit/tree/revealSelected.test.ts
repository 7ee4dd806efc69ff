import assert from 'node:assert/strict';
import { type ContactsNode, contactNode } from '../../../src/tree/nodes';
import { revealSelected } from '../../../src/tree/revealSelected';

const node = (contactId: string) => contactNode({ organisationId: 'o', contactId });
const [one, two] = [node('one'), node('two')];

describe('the contact that was selected before a reload', () => {
  const setUp = (drawnAfter: number) => {
    let toSelect: string | undefined = two.id;
    const revealed: ContactsNode[] = [];
    const view = {
      visible: true,
      reveal: async (shown: ContactsNode) => {
        revealed.push(shown);
        if (revealed.length > drawnAfter) toSelect = undefined;
      },
    };
    const reveal = revealSelected(view, { isToSelect: ({ id }) => id === toSelect });
    return { view, revealed, reveal };
  };

  it('is revealed again until VS Code has drawn it', async () => {
    const { revealed, reveal } = setUp(2);
    await reveal([one, two]);
    assert.deepEqual(revealed, [two, two, two]);
  });

  it('is left alone where it is not among the children, and after it is selected', async () => {
    const { revealed, reveal } = setUp(0);
    await reveal([one]);
    assert.equal(revealed.length, 0);
    await reveal([two]);
    await reveal([two]);
    assert.equal(revealed.length, 1);
  });

  it('is revealed after the view became visible', async () => {
    const { view, revealed, reveal } = setUp(0);
    view.visible = false;
    const done = reveal([two]);
    await new Promise((resolve) => setTimeout(resolve));
    assert.equal(revealed.length, 0);
    view.visible = true;
    await done;
    assert.equal(revealed.length, 1);
  });
});
