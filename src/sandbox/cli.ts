/**
 * Serves the sandbox over HTTP, for `curl` and for manual tests: `npm run sandbox -- --port N --contacts N`.
 */
import { parseArgs } from 'node:util';
import { serve } from '@hono/node-server';
import { createSandbox } from './sandbox';

const usage = 'npm run sandbox -- [--port 8080] [--contacts 3000] [--token TOKEN] [--latency MS]';

function fail(message: string): never {
  console.error(`${message}\n${usage}`);
  process.exit(2);
}

function options() {
  const string = { type: 'string' } as const;
  try {
    return parseArgs({ options: { port: string, contacts: string, token: string, latency: string } }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : 'Those arguments are not understood');
  }
}

function wholeNumber(
  name: string,
  text: string | undefined,
  fallback: number,
  min: number,
  max: number,
): number {
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    fail(`--${name} must be a whole number from ${min} to ${max}`);
  }
  return value;
}

const given = options();
const sandbox = createSandbox({
  contacts: wholeNumber('contacts', given.contacts, 3000, 1, 100_000),
  latency: wholeNumber('latency', given.latency, 0, 0, 60_000),
  ...(given.token === undefined ? {} : { token: given.token }),
});
const port = wholeNumber('port', given.port, 8080, 0, 65_535);

const server = serve({ fetch: sandbox.fetch, hostname: '127.0.0.1', port }, async ({ port: bound }) => {
  const url = `http://127.0.0.1:${bound}`;
  const headers = { 'X-Session-Token': sandbox.token };
  const first = async (path: string): Promise<string> => {
    const response = await sandbox.fetch(new Request(`${url}${path}?limit=1`, { headers }));
    return JSON.parse(await response.text()).data[0].id;
  };
  const contacts = `/v3/orgs/${await first('/v3/orgs')}/customers/contacts`;
  console.log(`Ctrl Hub sandbox: ${url}
Session token:    ${sandbox.token}

curl -H 'X-Session-Token: ${sandbox.token}' '${url}${contacts}?limit=2'
curl -X PUT -H 'X-Session-Token: ${sandbox.token}' -H 'Content-Type: application/vnd.api+json' \\
  '${url}${contacts}/${await first(contacts)}' \\
  -d '{"data":{"id":"${await first(contacts)}","type":"contacts","attributes":{"first_name":"Ada","last_name":"Byron"}}}'

Press Ctrl+C to stop.`);
});
server.on('error', (error: NodeJS.ErrnoException) => {
  console.error(
    error.code === 'EADDRINUSE' ? `Port ${port} is taken: choose another with --port` : error.message,
  );
  process.exit(1);
});
