import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/api/http/errors';
import { WorkStates } from '../../../../src/contacts/saving/workStates';
import { newGate } from '../../../support/gate';
import { silentLog } from '../../../support/silentLog';

type State = { readonly kind: 'busy' | 'done' | 'failed' };

describe('the state of the work on records', () => {
  function open() {
    const errors: string[] = [];
    const log = { ...silentLog, error: (message: string) => void errors.push(message) };
    const work = new WorkStates<string, State>({ keyOf: (key) => key, busy: ['busy'] }, log);
    const changes: (readonly [string, string | undefined])[] = [];
    work.onDidChange((key) => changes.push([key, work.get(key)?.kind]));
    const run = (key: string, result: () => Promise<State>) =>
      work.run(key, 'save something', { kind: 'busy' }, result, () => ({ kind: 'failed' }));
    return { work, errors, changes, run };
  }

  it('is one piece of work at a time for each record', async () => {
    const { work, changes, run } = open();
    const gate = newGate();
    const done = async (): Promise<State> => {
      await gate.opened;
      return { kind: 'done' };
    };
    const first = run('a', done);
    await run('a', async () => assert.fail('a second one'));
    const other = run('b', done);
    gate.open();
    await Promise.all([first, other]);
    assert.deepEqual(changes, [
      ['a', 'busy'],
      ['b', 'busy'],
      ['a', 'done'],
      ['b', 'done'],
    ]);
    work.forgetDone((key) => key === 'a');
    assert.deepEqual([work.get('a'), work.get('b')?.kind], [undefined, 'done']);
  });

  it('logs an error that nothing explains, with its stack, and no refusal of the API', async () => {
    const { work, errors, run } = open();
    await run('a', async () => {
      throw new ApiError('forbidden');
    });
    assert.deepEqual([work.get('a')?.kind, errors], ['failed', []]);
    await run('a', async () => {
      throw new TypeError('Cannot read properties of undefined (reading private)');
    });
    assert.equal(work.get('a')?.kind, 'failed');
    assert.match(errors[0] ?? '', /^save something · TypeError.* at .*workStates\.test\.ts:\d+/s);
    assert.doesNotMatch(errors[0] ?? '', /private/);
  });
});
