import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { parseWith } from '../base/parseWith';
import type { OpenMemory } from './openNodes';

const key = 'view';
const state = z.lazy(() =>
  z.object({
    expanded: z.record(z.string(), z.boolean()),
    selected: z.optional(z.string()),
    rows: z.record(z.string(), z.number()),
  }),
);

/**
 * Stores node IDs with the workspace, as VS Code does for its own views. An unreadable state counts as empty.
 */
export function openMemoryOf(memento: vscode.Memento): OpenMemory {
  return {
    get: () => parseWith(state, memento.get(key)) ?? { expanded: {}, rows: {} },
    set: (open) => void memento.update(key, open),
  };
}
