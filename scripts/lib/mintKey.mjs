import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/**
 * Returns the key with which VS Code in a browser encrypts its secrets. The bare server has none, so a
 * profile stores one.
 */
export function mintKey(profile) {
  const file = path.join(profile, 'mint-key');
  if (!fs.existsSync(file)) fs.writeFileSync(file, crypto.randomBytes(32), { mode: 0o600 });
  return fs.readFileSync(file);
}
