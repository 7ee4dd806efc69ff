import assert from 'node:assert/strict';
import { type ContactsNode, contactNode, organisationNodeId } from '../../../src/tree/nodes';
import { expandOrganisation, revealRow } from '../../../src/tree/revealRow';

const node = contactNode({ organisationId: 'o', contactId: 'wanted' });
const other = contactNode({ organisationId: 'o', contactId: 'other' });

describe('a row that is shown in the list', () => {
  const setUp = (becomes: (calls: number) => ContactsNode[] | undefined) => {
    let selected: readonly ContactsNode[] = [];
    const view = {
      get selection() {
        return [...selected];
      },
      calls: 0,
      reveal: async (one: ContactsNode) => {
        assert.equal(one, node);
        selected = becomes(++view.calls) ?? selected;
      },
    };
    return view;
  };

  it('is revealed again while VS Code ignores it', async () => {
    const view = setUp((calls) => (calls > 2 ? [node] : undefined));
    await revealRow(view, node);
    assert.equal(view.calls, 3);
  });

  it('is revealed again after VS Code could not find it', async () => {
    const view = setUp((calls) => {
      if (calls === 1) throw new Error('Cannot resolve tree item');
      return [node];
    });
    await revealRow(view, node);
    assert.equal(view.calls, 2);
  });

  it('is left alone once the user selected another one', async () => {
    const view = setUp(() => [other]);
    await revealRow(view, node);
    assert.equal(view.calls, 1);
  });
});

describe('an organisation whose list was filtered', () => {
  const expandWhere = async (isOpen: (calls: number) => boolean) => {
    let calls = 0;
    const view = {
      reveal: async ({ id }: ContactsNode) => {
        assert.equal(id, organisationNodeId('o'));
        if (++calls === 1) throw new Error('Cannot resolve tree item');
      },
    };
    await expandOrganisation(view, { isExpanded: () => isOpen(calls) }, 'o');
    return calls;
  };

  it('is expanded, also if VS Code refuses or ignores the first call', async () => {
    assert.equal(await expandWhere((calls) => calls > 1), 2);
  });

  it('is revealed again after VS Code refused, also if it was expanded before', async () => {
    assert.equal(await expandWhere(() => true), 2);
  });
});
