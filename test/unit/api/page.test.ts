import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { listSchema } from '../../../src/api/http/document';
import { toPage } from '../../../src/api/page';

const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ type: 't', id: `r${n}` }));
const document = (count: number, pagination?: unknown) =>
  z.parse(listSchema, { data: rows(count), ...(pagination === undefined ? {} : { meta: { pagination } }) });

describe('toPage: where the next page begins', () => {
  const cases: [string, number, unknown, number, number | undefined][] = [
    ['offsets.next', 100, { counts: { resources: 400 }, offsets: { next: 100 } }, 0, 100],
    ['a page shorter than its limit for rows that may not be seen', 97, { offsets: { next: 100 } }, 0, 100],
    [
      'a limit that the API lowered',
      40,
      { counts: { resources: 90 }, requested: { limit: 40 }, offsets: { next: 40 } },
      0,
      40,
    ],
    ['the last page, by null', 20, { counts: { resources: 120 }, offsets: { next: null } }, 100, undefined],
    ['the last page, by the count', 20, { counts: { resources: 120 }, offsets: { next: 3 } }, 100, undefined],
    [
      'a next offset that makes no sense',
      100,
      { counts: { resources: 400 }, offsets: { previous: 2, next: 3 } },
      0,
      100,
    ],
    [
      'an explicit next page after as many rows as a capped total says',
      100,
      { counts: { resources: 1000 }, offsets: { next: 1000 } },
      900,
      1000,
    ],
    [
      'a last page whose next offset is the limit further on',
      50,
      { counts: { resources: 50 }, offsets: { next: 100 } },
      0,
      undefined,
    ],
    ['counts alone', 40, { counts: { resources: 90 } }, 0, 40],
    ['no paging data and a full page', 100, undefined, 0, 100],
    ['no paging data and a short page', 37, undefined, 0, undefined],
    ['no paging data and a page that looks like a lowered limit', 50, undefined, 0, 50],
    ['a full page by requested.limit', 25, { requested: { limit: 25 } }, 50, 75],
    ['an empty page', 0, undefined, 200, undefined],
    ['an empty page that claims more', 0, { counts: { resources: 400 }, offsets: { next: 300 } }, 200, 300],
    [
      'a short page at the end of a total that leaves out rows that may not be seen',
      90,
      { counts: { resources: 1000 }, offsets: { next: 1100 } },
      1000,
      1100,
    ],
    ['paging data of the wrong shape', 100, { counts: 'many', offsets: [], requested: null }, 0, 100],
  ];
  for (const [what, count, pagination, offset, next] of cases) {
    it(what, () => assert.equal(toPage(document(count, pagination), offset).next, next));
  }

  it('survives the made-up numbers of the documentation and its lists without paging data', () => {
    for (const name of ['interactions-list.json', 'orgs-list-2024.json']) {
      const parsed = z.parse(
        listSchema,
        JSON.parse(readFileSync(join(__dirname, '../../fixtures', name), 'utf8')),
      );
      assert.equal(toPage(parsed, 0).resources.length, 1);
    }
  });
});
