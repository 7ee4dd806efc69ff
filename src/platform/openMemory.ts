import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { OpenMemory } from '../tree/openNodes';

const key = 'view';
const state = z.object({
  expanded: z.record(z.string(), z.boolean()),
  selected: z.optional(z.string()),
  rows: z.record(z.string(), z.number()),
});

/** Keeps ids only, with the workspace, as VS Code keeps its own views. What cannot be read counts as nothing. */
export function openMemoryOf(memento: vscode.Memento): OpenMemory {
  return {
    get: () => state.safeParse(memento.get(key)).data ?? { expanded: {}, rows: {} },
    set: (open) => void memento.update(key, open),
  };
}
