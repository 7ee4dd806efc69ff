import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript } from '../support/clone';

const root = join(__dirname, '../..');
const hole = {
  id: 1,
  url: 'https://example.com/advisory',
  title: 'A hole',
  severity: 'high',
  vulnerable_versions: '*',
  cwe: [],
  cvss: { score: 0, vectorString: null },
};

describe('the audit', () => {
  const cache = mkdtempSync(join(tmpdir(), 'ctrl-hub-audit-'));
  after(() => rmSync(cache, { recursive: true, force: true }));

  /** Runs the audit against a registry that offers nothing but this answer about known vulnerabilities. */
  async function auditOf(status: number, holes: object) {
    const registry = http.createServer((request, response) => {
      const asked = request.url?.endsWith('/advisories/bulk') === true;
      request.resume();
      response.writeHead(asked ? status : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(asked ? holes : {}));
    });
    await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
    const { port } = registry.address() as AddressInfo;
    try {
      return await runScript(root, 'scripts/audit.mjs', {
        npm_config_registry: `http://127.0.0.1:${port}/`,
        npm_config_cache: cache,
      });
    } finally {
      registry.close();
      registry.closeAllConnections();
    }
  }

  it('says plainly that a registry does not offer it, and does not fail', async () => {
    const { good, said } = await auditOf(405, {});
    assert.ok(good, said);
    assert.match(said, /signatures: not offered here \(/);
    assert.match(said, /known holes in what is shipped: not offered here \(the registry answers 405\)/);
  });

  it('says that there is nothing to object to', async () => {
    const { good, said } = await auditOf(200, {});
    assert.ok(good, said);
    assert.match(said, /known holes in what is shipped: nothing to object to/);
  });

  it('fails for a hole in what is shipped', async () => {
    const { good, said } = await auditOf(200, { preact: [hole] });
    assert.ok(!good, said);
    assert.match(said, /preact .*: high/);
  });
});
