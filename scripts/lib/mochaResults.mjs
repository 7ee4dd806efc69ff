import { stripVTControlCharacters } from 'node:util';

/**
 * Reads what mocha's `spec` reporter printed.
 * @returns the numbers of tests, the full titles of the failed ones, and the names of the test files in their
 *   stacks, without `.test` and the extension
 */
export function mochaResults(output) {
  const text = stripVTControlCharacters(output);
  const count = (word) => Number(text.match(new RegExp(`^ *(\\d+) ${word}`, 'm'))?.[1] ?? 0);
  const failures = text.slice(text.search(/^ *\d+ failing/m));
  const failed = count('failing');
  return {
    passed: count('passing'),
    failed,
    titles: failed === 0 ? [] : titlesOf(failures),
    files:
      failed === 0 ? [] : [...new Set([...failures.matchAll(/([\w-]+)\.test\.[jt]s\b/g)].map((m) => m[1]))],
  };
}

/** A title stands on lines of its own, one for each suite and one for the test, and ends with a colon. */
function titlesOf(failures) {
  const titles = failures.matchAll(/^ {2}\d+\) (.*(?:\n {7,}.*)*?):\n/gm);
  return [...titles].map(([, title]) => title.replaceAll(/\s*\n\s*/g, ' › '));
}
