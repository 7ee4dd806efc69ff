import assert from 'node:assert/strict';
import { focusedNodesOf } from '../../../src/tree/focusedNodes';
import { type ContactsNode, contactNode } from '../../../src/tree/nodes';

const node = (contactId: string) => contactNode({ organisationId: 'o', contactId });

/** A list whose rows are known to VS Code by number; while it is redrawn, no row has a node. */
class List {
  nodes: (ContactsNode | undefined)[];
  readonly selected = new Set<number>();
  toggles = 0;
  constructor(
    readonly rows: number,
    public focus: number,
    readonly onToggle: (list: List) => void = () => undefined,
  ) {
    this.nodes = this.drawn();
  }
  drawn = () => Array.from({ length: this.rows }, (_, n) => node(String(n)));
  get selection() {
    return [...this.selected].flatMap((n) => this.nodes[n] ?? []);
  }
  toggle = async () => {
    this.toggles++;
    if (!this.selected.delete(this.focus)) this.selected.add(this.focus);
    this.onToggle(this);
  };
  read = () => focusedNodesOf(this, this.toggle)();
}

describe('the rows that a key applies to', () => {
  it('are the focused row where another one is selected', async () => {
    const list = new List(3, 2);
    list.selected.add(0);
    assert.deepEqual(await list.read(), { row: list.nodes[2], rows: [list.nodes[2]] });
    assert.deepEqual(list.selection, [list.nodes[0]], 'the selection stays');
  });

  it('are all selected rows where the focused row is one of them', async () => {
    const list = new List(3, 2);
    list.selected.add(2).add(1);
    const { row, rows } = await list.read();
    assert.deepEqual(new Set(rows), new Set([list.nodes[1], list.nodes[2]]));
    assert.equal(row, list.nodes[2]);
  });

  it('are found after the list was redrawn', async () => {
    const list = new List(3, 1, (it) => {
      if (it.toggles === 4) it.nodes = it.drawn();
    });
    list.nodes = [];
    assert.equal((await list.read()).row, list.nodes[1]);
  });

  it('are not a row that a redraw adds to the selection between two looks', async () => {
    const list = new List(3, 1, (it) => {
      if (it.toggles === 1) it.nodes = it.drawn();
    });
    list.selected.add(0);
    list.nodes = [];
    assert.equal((await list.read()).row, list.nodes[1]);
  });
});
