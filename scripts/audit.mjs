/**
 * Whether the registry signed what is installed, and knows of no hole in what is shipped. A registry that
 * cannot tell, or that is not reached, is no failure: that is said.
 */
import { run } from './lib/run.mjs';
import { giveUp, say } from './lib/say.mjs';

/** npm takes more than a minute to give up an address that is not there, and more for one that is silent. */
const impatient = ['--fetch-retries=0', '--fetch-timeout=30000'];
const problems = [];

/**
 * @param found what of npm's answer is a problem; undefined if it is not the answer that was asked for
 */
async function audit(what, args, found) {
  const { stdout } = await run('npm', ['audit', ...args, '--json', ...impatient], { quiet: true });
  const answer = parse(stdout);
  const list = found(answer);
  if (list === undefined) say(`  ${what}: not offered here (${reasonOf(answer)})`);
  else if (list.length === 0) say(`  ${what}: nothing to object to`);
  else problems.push(`${what}:`, ...list.map((line) => `  ${line}`));
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const reasonOf = ({ statusCode, error }) =>
  statusCode ? `the registry answers ${statusCode}` : (error?.code ?? 'npm says nothing that can be read');

/** npm's codes for a package, a signature or a key that is wrong. */
const forged = /SIGNATURE|ATTESTATION|INTEGRITY/;

await audit('signatures', ['signatures'], ({ invalid, missing, error }) => {
  if (forged.test(error?.code)) return [error.summary];
  if (!Array.isArray(invalid) || !Array.isArray(missing)) return undefined;
  return [
    ...invalid.map(({ name, version }) => `${name} ${version} is not what was published`),
    ...missing.map(({ name, version }) => `${name} ${version} is not signed`),
  ];
});
await audit('known holes in what is shipped', ['--omit=dev'], ({ vulnerabilities }) =>
  vulnerabilities === undefined
    ? undefined
    : Object.values(vulnerabilities).map(({ name, severity, range }) => `${name} ${range}: ${severity}`),
);

if (problems.length > 0) giveUp(problems.join('\n'));
