import assert from 'node:assert/strict';
import { authServerOf, parseApiUrl } from '../../../src/session/environment';

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
    ['http://api.localhost', 'notHttps'],
    ['https://user:secret@api.ctrl-hub.com', 'hasExtras'],
    ['https://api.ctrl-hub.com/?x=1', 'hasExtras'],
    ['https://api.ctrl-hub.com/#x', 'hasExtras'],
  ];
  for (const [text, problem] of bad) {
    it(`refuses ${text || 'nothing'} (${problem})`, () => assert.equal(parseApiUrl(text), problem));
  }
});

describe('authServerOf', () => {
  const api = (url: string) => {
    const parsed = parseApiUrl(url);
    if (typeof parsed === 'string') throw new Error(parsed);
    return parsed;
  };
  const baseUrl = (url: string, setting: string) => {
    const found = authServerOf(api(url), setting);
    return typeof found === 'object' ? found.baseUrl : found;
  };

  it('knows the pairs that belong together, and no others', () => {
    assert.equal(baseUrl('https://api.ctrl-hub.com', ''), 'https://auth.ctrl-hub.com');
    assert.equal(baseUrl('https://api.ctrl-hub.dev', ' '), 'https://auth.ctrl-hub.dev');
    assert.equal(baseUrl('https://api.ctrl-hub.run', ''), undefined);
    assert.equal(baseUrl('http://127.0.0.1:1', ''), undefined);
  });

  it('takes what the setting says, by the same rules', () => {
    assert.equal(baseUrl('https://api.ctrl-hub.com', 'https://login.example/'), 'https://login.example');
    assert.equal(baseUrl('https://api.ctrl-hub.com', 'http://login.example'), 'notHttps');
    assert.equal(baseUrl('https://api.ctrl-hub.com', 'https://a:b@login.example'), 'hasExtras');
  });
});
