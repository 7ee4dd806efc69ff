import assert from 'node:assert/strict';
import { mochaResults } from '../../scripts/lib/mochaResults.mjs';

const output = `

  signing in
    \u001B[32m✔\u001B[39m works (200ms)
    1) says what is wrong
    2) asks again

  the list
    3) "after all" hook in "the list"


  1 passing (2s)
  3 failing

  1) signing in
       with a token
         says what is wrong:

      AssertionError [ERR_ASSERTION]: Expected: 2) not this
      + actual - expected
      at Context.<anonymous> (out/host/signIn.test.js:40:5)

  2) signing in
       asks again:
     Error: the question: not within 200 looks
      at until (test/support/until.ts:27:13)
      at async Context.<anonymous> (out/host/signIn.test.js:52:5)

  3) the list
       "after all" hook in "the list":
     Error: a draft is left
      at Context.<anonymous> (test/faults/list.test.ts:9:5)

`;

describe('the results that mocha prints', () => {
  it('name each failed test and its file', () =>
    assert.deepEqual(mochaResults(output), {
      passed: 1,
      failed: 3,
      titles: [
        'signing in › with a token › says what is wrong',
        'signing in › asks again',
        'the list › "after all" hook in "the list"',
      ],
      files: ['signIn', 'list'],
    }));

  it('name nothing after a crash', () =>
    assert.deepEqual(mochaResults('Error: Cannot find module'), {
      passed: 0,
      failed: 0,
      titles: [],
      files: [],
    }));
});
