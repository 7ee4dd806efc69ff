/**
 * Asks the registry about the signatures of installed packages and about known vulnerabilities of shipped
 * ones. A registry that is not reachable or does not offer this is reported, but is not a failure.
 */
import { run } from './lib/run.mjs';
import { giveUp, say } from './lib/say.mjs';

/**
 * Without these options, npm waits more than a minute for an unreachable registry, and longer for a silent
 * one.
 */
const impatient = ['--fetch-retries=0', '--fetch-timeout=30000'];
const problems = [];

/** @param found returns the problems in npm's answer; undefined for another kind of answer */
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

/** npm's error codes for an invalid package, signature or key. */
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
