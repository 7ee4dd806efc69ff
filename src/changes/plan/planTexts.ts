/** Writes a plan as two texts for a diff: the current values and the new values. */
import { toLine } from '../../base/text';
import { shortIds } from '../text/shortIds';
import { writeField } from '../text/write';
import type { Plan, PlanItem } from './plan';

/** Returns the items' changed fields in the format of a document of contacts. */
export function planTexts({ items }: Plan): { readonly before: string; readonly after: string } {
  const ids = shortIds(items.map(({ ref }) => ref));
  const write = (side: 'before' | 'after') =>
    items.map((item, n) => `${block(item, ids[n] ?? '', side)}\n`).join('\n');
  return { before: write('before'), after: write('after') };
}

function block({ title, changes }: PlanItem, id: string, side: 'before' | 'after'): string {
  const name = toLine(title);
  const fields = changes.map((change) => writeField(change.field, change[side]));
  return [`[${id}]${name === '' ? '' : ` # ${name}`}`, ...fields].join('\n');
}
