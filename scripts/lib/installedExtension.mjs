/** Puts the packaged extension into a profile. VS Code's installer takes seconds, so each package is installed once. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { installExtension } from './codeServer.mjs';
import { root, vsix } from './paths.mjs';

export function copyInstalled(host, profile) {
  const hash = createHash('sha256').update(fs.readFileSync(vsix)).digest('hex').slice(0, 16);
  const installed = path.join(root, 'out/installed', `${host.version}-${hash}`);
  if (!fs.existsSync(installed)) {
    const making = `${installed}.making-${process.pid}`;
    fs.rmSync(path.dirname(installed), { recursive: true, force: true });
    fs.mkdirSync(making, { recursive: true });
    installExtension(host, making, vsix);
    fs.renameSync(making, installed);
  }
  const to = path.join(profile, 'extensions');
  fs.cpSync(path.join(installed, 'extensions'), to, { recursive: true });
  // VS Code's list of extensions has absolute paths, from where they were installed.
  const list = path.join(to, 'extensions.json');
  const [entry] = JSON.parse(fs.readFileSync(list, 'utf8'));
  const folder = path.join(to, entry.relativeLocation);
  const location = { $mid: 1, path: folder, scheme: 'file' };
  fs.writeFileSync(list, JSON.stringify([{ ...entry, location }]));
}
