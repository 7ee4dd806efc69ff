import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { parseWith } from '../base/parseWith';
import { defaultApiUrl, type Environment, knownEnvironment } from '../session/environment';
import { configuration, userSetting } from './userSetting';

const minutes = z.lazy(() => z.number().check(z.gt(0)));
const text = z.lazy(() => z.string());
const flag = z.lazy(() => z.boolean());

/** Reads `ctrlHub.refreshAfterMinutes`: 0 for never, and for an invalid value. */
export function refreshAfterMinutes(): number {
  return parseWith(minutes, configuration().get<unknown>('refreshAfterMinutes')) ?? 0;
}

function textSetting(name: 'apiUrl' | 'authUrl', fallback: string) {
  const { value, onDidChange } = userSetting(name);
  const get = () => {
    const given = value() ?? fallback;
    return parseWith(text, given) ?? JSON.stringify(given);
  };
  return { get, onDidChange };
}

export const apiUrl = textSetting('apiUrl', defaultApiUrl);
export const authUrl = textSetting('authUrl', '');

const warning = userSetting('warnOnProduction');
export const warnOnProduction = {
  get: () => parseWith(flag, warning.value()) ?? false,
  onDidChange: warning.onDidChange,
};

const rules = z.lazy(() => z.record(z.string(), z.unknown()));
const ruleSetting = userSetting('checks');
/** `ctrlHub.checks`: the rules that are switched off. */
export const checksOff = {
  get: (): ReadonlySet<string> =>
    new Set(
      Object.entries(parseWith(rules, ruleSetting.value()) ?? {}).flatMap(([rule, on]) =>
        on === false ? [rule] : [],
      ),
    ),
  onDidChange: ruleSetting.onDidChange,
};

const assistantModes = z.lazy(() => z.enum(['off', 'read', 'propose']));
const ids = z.lazy(() => z.array(z.string()));
const modeSetting = userSetting('assistants');
const organisationsSetting = userSetting('assistantOrganisations');
/** The rights of language models: none if a setting is invalid. */
export const assistantSettings = {
  mode: () => parseWith(assistantModes, modeSetting.value()) ?? 'off',
  /**
   * The IDs of the organisations whose contacts they may read.
   * @param others the same of `ctrlHub.assistants.organisations`, which VS Code's API does not give
   */
  organisations: (others: unknown): readonly string[] => [
    ...new Set([organisationsSetting.value(), others].flatMap((given) => parseWith(ids, given) ?? [])),
  ],
  switchOff: () => configuration().update('assistants', 'off', vscode.ConfigurationTarget.Global),
};

/** VS Code refused to write the user settings. */
class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Makes an environment the active one in all windows. A default value is removed from the settings. */
export async function chooseEnvironment(
  { origin, baseUrl }: Environment,
  auth: string | undefined,
): Promise<void> {
  const write = async (name: string, value: string | undefined) => {
    try {
      await configuration().update(name, value, vscode.ConfigurationTarget.Global);
    } catch {
      throw new SettingsError();
    }
  };
  const isKnown = auth === undefined || auth === knownEnvironment(origin)?.authUrl;
  // If a write fails, no environment is left with the sign-in server of another one: it would get passwords.
  await write('authUrl', undefined);
  await write('apiUrl', baseUrl === defaultApiUrl ? undefined : baseUrl);
  if (!isKnown) await write('authUrl', auth);
}
