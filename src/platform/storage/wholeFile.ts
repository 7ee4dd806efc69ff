/** Writes files that the user chose. */
import { randomBytes } from 'node:crypto';
import { open, readlink, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as vscode from 'vscode';

/**
 * Writes a file with VS Code's file system, or on this computer: then completely or not at all.
 * @throws the `AbortError` of `signal`
 */
export async function writeFile(
  uri: vscode.Uri,
  parts: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  if (uri.scheme === 'file') return writeWholeFile(uri.fsPath, parts, signal);
  const all: string[] = [];
  for await (const part of parts) all.push(part);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(all.join('')));
}

/**
 * Writes a file completely or not at all. An existing file stays unchanged until then.
 * @throws the `AbortError` of `signal`
 */
export async function writeWholeFile(
  path: string,
  parts: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const file = await behindLinks(path);
  const beside = join(dirname(file), `.ctrl-hub-${randomBytes(8).toString('hex')}.tmp`);
  // The file contains personal data, so only the current user may read it.
  const handle = await open(beside, 'wx', 0o600);
  try {
    try {
      for await (const part of parts) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    signal.throwIfAborted();
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** The limit of Linux for consecutive symbolic links. */
const maxLinks = 40;

/** Follows symbolic links to the file, which may not exist yet, so that the links are kept. */
async function behindLinks(path: string): Promise<string> {
  let file = path;
  for (let followed = 0; followed < maxLinks; followed++) {
    const real = await realpath(file).catch(() => undefined);
    if (real !== undefined) return real;
    const target = await readlink(file).catch(() => undefined);
    if (target === undefined) return file;
    file = resolve(dirname(file), target);
  }
  return file;
}
