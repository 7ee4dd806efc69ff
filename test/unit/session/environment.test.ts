import assert from 'node:assert/strict';
import { parseApiUrl } from '../../../src/session/environment';

describe('parseApiUrl', () => {
  const good: [string, string, string][] = [
    ['https://api.ctrl-hub.com', 'https://api.ctrl-hub.com', 'https://api.ctrl-hub.com'],
    [' https://API.ctrl-hub.com/ ', 'https://api.ctrl-hub.com', 'https://api.ctrl-hub.com'],
    ['https://example.org:8443/hub//', 'https://example.org:8443', 'https://example.org:8443/hub'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:1', 'http://localhost:1', 'http://localhost:1'],
    ['http://[::1]:1', 'http://[::1]:1', 'http://[::1]:1'],
  ];
  for (const [text, origin, baseUrl] of good) {
    it(`takes ${text}`, () => assert.deepEqual(parseApiUrl(text), { origin, baseUrl }));
  }

  const bad: [string, string][] = [
    ['', 'notAUrl'],
    ['api.ctrl-hub.com', 'notAUrl'],
    ['ftp://api.ctrl-hub.com', 'notAUrl'],
    ['file:///etc/passwd', 'notAUrl'],
    ['http://api.ctrl-hub.com', 'notHttps'],
    ['http://127.0.0.1.example.org', 'notHttps'],
    ['http://localhost.example.org', 'notHttps'],
    ['http://192.168.0.1', 'notHttps'],
    ['https://user:secret@api.ctrl-hub.com', 'hasExtras'],
    ['https://api.ctrl-hub.com/?x=1', 'hasExtras'],
    ['https://api.ctrl-hub.com/#x', 'hasExtras'],
  ];
  for (const [text, problem] of bad) {
    it(`refuses ${text || 'nothing'} (${problem})`, () => assert.equal(parseApiUrl(text), problem));
  }
});
