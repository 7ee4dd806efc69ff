import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** The key with which a browser's VS Code seals its secrets; the bare server has none, so a profile keeps one. */
export function mintKey(profile) {
  const file = path.join(profile, 'mint-key');
  if (!fs.existsSync(file)) fs.writeFileSync(file, crypto.randomBytes(32), { mode: 0o600 });
  return fs.readFileSync(file);
}
