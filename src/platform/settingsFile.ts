import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'jsonc-parser';
import * as z from 'zod/mini';
import { parseWith } from '../base/parseWith';

const settings = z.lazy(() => z.record(z.string(), z.unknown()));

/**
 * Reads a setting from the file of the user settings. VS Code keeps settings as a tree and drops one whose name
 * continues another setting's name, if that one is a text.
 * @param globalStorage the extension's global storage: `User/globalStorage/<extension>`, or the same of a profile
 * @returns undefined if the file is on another computer or does not have the setting
 */
export function readUserSetting(globalStorage: string, name: string): unknown {
  const user = dirname(dirname(globalStorage));
  // Settings of the scope `application` belong to the default profile.
  const isProfile = basename(dirname(user)) === 'profiles';
  const file = join(isProfile ? dirname(dirname(user)) : user, 'settings.json');
  try {
    return parseWith(settings, parse(readFileSync(file, 'utf8')))?.[name];
  } catch {
    return undefined;
  }
}
