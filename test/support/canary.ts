/** Searches further places for secrets: the list of processes, the clipboard, and requests. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { secretsIn } from '../../scripts/lib/canary.mjs';
import type { RecordedRequest } from './apiServer';

/** The headers that may hold a secret. */
const own = ['x-session-token', 'authorization', 'cookie'];
/** The requests of all servers, including those in other bundles of the tests. */
const key = Symbol.for('ctrlHub.requests');

function recorded(): RecordedRequest[][] {
  const known: unknown = Reflect.get(globalThis, key);
  if (Array.isArray(known)) return known;
  const made: RecordedRequest[][] = [];
  Reflect.set(globalThis, key, made);
  return made;
}

/** Adds a server's requests to those that `assertNothingTold` searches. */
export function noteRequests(requests: RecordedRequest[]): void {
  recorded().push(requests);
}

const looked = new WeakSet<RecordedRequest>();

/**
 * Fails if a secret is in an address, a body or another header of any request, in the clipboard, or in the
 * list of processes.
 */
export function assertNothingTold(clipboard = ''): void {
  for (const request of recorded().flat()) {
    if (looked.has(request)) continue;
    looked.add(request);
    const { method, path, headers, body } = request;
    const others = Object.entries(headers).filter(([name]) => !own.includes(name));
    const found = secretsIn([path, JSON.stringify(others), body].join('\n'));
    assert.deepEqual(found, [], `in ${method} ${path.split('?')[0]}`);
  }
  assert.deepEqual(secretsIn(clipboard), [], 'in the clipboard');
  assert.deepEqual(secretsIn(execFileSync('ps', ['-eo', 'args'])), [], 'in the list of processes');
}
