import assert from 'node:assert/strict';
import { profileKey } from '../../../../src/platform/storage/profileKeys';
import { secretAhead } from '../../../../src/platform/storage/secretAhead';
import { secretKey } from '../../../../src/session/secretKey';

const origin = 'https://api.example.org';
const key = secretKey(origin);

describe('the secret that is read ahead', () => {
  const setUp = ({ profiles = [origin], apiUrl = origin as unknown } = {}) => {
    const asked: string[] = [];
    const listeners = new Set<(change: { key: string }) => void>();
    const stored = new Map([[key, 'first']]);
    const secrets = {
      get: async (name: string) => {
        asked.push(name);
        return stored.get(name);
      },
      store: async (name: string, value: string) => {
        stored.set(name, value);
        for (const listener of listeners) listener({ key: name });
      },
      delete: async (name: string) => {
        stored.delete(name);
        for (const listener of listeners) listener({ key: name });
      },
      onDidChange: (listener: (change: { key: string }) => void) => {
        listeners.add(listener);
        return { dispose: () => listeners.delete(listener) };
      },
    };
    const globalState = { keys: () => profiles.map(profileKey) };
    const ahead = secretAhead({ secrets, globalState }, apiUrl);
    return { ahead, asked, listeners, secrets };
  };

  it('is asked for once, and again after that', async () => {
    const { ahead, asked, listeners } = setUp();
    assert.deepEqual(asked, [key]);
    assert.equal(await ahead.get(key), 'first');
    assert.deepEqual(asked, [key]);
    assert.equal(listeners.size, 0);
    assert.equal(await ahead.get(key), 'first');
    assert.deepEqual(asked, [key, key]);
  });

  it('is asked for again after a change, in this window or another one', async () => {
    for (const who of ['ahead', 'secrets'] as const) {
      const { [who]: place, ahead } = setUp();
      await place.store(key, 'second');
      assert.equal(await ahead.get(key), 'second');
      const { [who]: other, ahead: afterwards } = setUp();
      await other.delete(key);
      assert.equal(await afterwards.get(key), undefined);
    }
  });

  it('is that of the current environment only', async () => {
    const { ahead, asked } = setUp();
    assert.equal(await ahead.get('another'), undefined);
    assert.deepEqual(asked, [key, 'another']);
  });

  it('is not asked for where nobody has signed in, or without a valid address', () => {
    assert.deepEqual(setUp({ profiles: [] }).asked, []);
    for (const apiUrl of ['nothing', 7, null, {}]) assert.deepEqual(setUp({ apiUrl }).asked, []);
  });

  it('fails for whoever takes it', async () => {
    const failing = {
      get: () => Promise.reject(new Error('locked')),
      store: async () => undefined,
      delete: async () => undefined,
      onDidChange: () => ({ dispose: () => undefined }),
    };
    const globalState = { keys: () => [profileKey(origin)] };
    await assert.rejects(
      async () => secretAhead({ secrets: failing, globalState }, origin).get(key),
      /locked/,
    );
  });
});
