import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/base/event';
import { awaitSession } from '../../../../src/changes/review/awaitSession';
import type { AccountStores } from '../../../../src/contacts/accountStores';
import { person } from '../../../support/vscode';

const storesOf = (kind: 'password' | 'sessionToken', label?: string, origin = 'https://api.test') =>
  ({ account: { kind, origin, ...(label !== undefined && { label }) } }) as AccountStores;

/** @returns what Apply goes on with after the next stores are there, and the modal questions */
async function waits(refused: AccountStores, next: AccountStores | undefined, answer?: string) {
  const changed = new Emitter<AccountStores | undefined>();
  const data: { current: AccountStores | undefined; onDidChange: typeof changed.event } = {
    current: refused,
    onDidChange: changed.event,
  };
  Object.assign(person, { shown: [], answer });
  const result = awaitSession(data, refused, new AbortController().signal);
  data.current = next;
  changed.fire(next);
  const goesOn = await result;
  return { goesOn, asked: person.shown.filter(({ modal }) => modal).map(({ text }) => text) };
}

describe('an Apply whose session has ended', () => {
  const question = 'Continue applying the changes with the new session token?';

  it('goes on by itself when the same person signs in again, and never for another one', async () => {
    const ann = storesOf('password', 'ann@example.org');
    const again = storesOf('password', 'ann@example.org');
    assert.deepEqual(await waits(ann, again), { goesOn: again, asked: [] });
    assert.deepEqual(await waits(ann, storesOf('password', 'bob@example.org')), {
      goesOn: undefined,
      asked: [],
    });
    assert.deepEqual(await waits(ann, storesOf('sessionToken')), { goesOn: undefined, asked: [] });
    assert.deepEqual(await waits(ann, undefined), { goesOn: undefined, asked: [] });
  });

  it('asks after a new token, which does not tell whose it is', async () => {
    const token = storesOf('sessionToken');
    const next = storesOf('sessionToken');
    assert.deepEqual(await waits(token, next, 'Continue'), { goesOn: next, asked: [question] });
    assert.deepEqual(await waits(token, next), { goesOn: undefined, asked: [question] });
    const elsewhere = storesOf('sessionToken', undefined, 'https://other.test');
    assert.deepEqual(await waits(token, elsewhere, 'Continue'), { goesOn: undefined, asked: [] });
  });
});
