import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { maybeSingleSchema, singleSchema } from '../../../../src/api/http/document';
import { displayName, textOf } from '../../../../src/contacts/model/contact';
import { relationshipsOf } from '../../../../src/contacts/model/related';
import { toUpdate } from '../../../../src/contacts/model/update';

const page = readFileSync(join(__dirname, '../../../fixtures/update-contact.txt'), 'utf8');

/**
 * Parses a JSON object of the page, which is plain text: one follows `--data '`, the other one precedes the
 * next heading.
 */
function jsonOf(text: string): unknown {
  return JSON.parse(text.replace(/\u00a0/g, ' '));
}
const [, request = ''] = page.match(/--data '\s*(\{[\s\S]*?\n\})\s*'/) ?? [];
const [, response = ''] = page.match(/\n'(\{[\s\S]*?\n\})Update an existing contact/) ?? [];

describe('the documentation page of PUT contact', () => {
  it('holds a response that is parsed word for word', () => {
    const document = z.parse(singleSchema, jsonOf(response));
    assert.deepEqual(document, jsonOf(response));
    assert.equal(document.data.type, '<string>');
    assert.equal(textOf(document.data, 'email'), 'jsmith@example.com');
    assert.equal(displayName(document.data), '<string> <string>');
    assert.deepEqual(z.parse(maybeSingleSchema, jsonOf(response)), jsonOf(response));
  });

  it('names four relationships, each shown with its one resource', () => {
    const { data } = z.parse(singleSchema, jsonOf(response));
    const views = relationshipsOf(data, []).map(({ name, items }) => [name, items?.length]);
    assert.deepEqual(views, [
      ['accounts', 1],
      ['interactions', 1],
      ['author', 1],
      ['organisation', 1],
    ]);
  });

  it('holds a request that has the form of ours', () => {
    const { data } = z.parse(singleSchema, jsonOf(response));
    const ours = toUpdate(data, { email: 'john@doe.com' });
    assert.deepEqual({ data: ours }, jsonOf(request));
  });
});
