import * as v from 'valibot';
import type * as vscode from 'vscode';
import { parseWith } from '../base/parseWith';
import type { OpenMemory } from './openNodes';

const key = 'view';
const state = v.object({
  expanded: v.record(v.string(), v.boolean()),
  selected: v.optional(v.string()),
  rows: v.record(v.string(), v.number()),
});

/**
 * Stores node IDs with the workspace, as VS Code does for its own views. An unreadable state counts as empty.
 */
export function openMemoryOf(memento: vscode.Memento): OpenMemory {
  return {
    get: () => parseWith(state, memento.get(key)) ?? { expanded: {}, rows: {} },
    set: (open) => void memento.update(key, open),
  };
}
