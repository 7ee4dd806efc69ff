import * as vscode from 'vscode';
import { defaultApiUrl, type Environment, knownEnvironment } from '../session/environment';

const configuration = () => vscode.workspace.getConfiguration('ctrlHub');

/** Reads `ctrlHub.refreshAfterMinutes`: 0 for never, and for an invalid value. */
export function refreshAfterMinutes(): number {
  const minutes = configuration().get<unknown>('refreshAfterMinutes');
  return typeof minutes === 'number' && minutes > 0 ? minutes : 0;
}

/** Reads a setting from the user settings only: a workspace must not change it. */
function own(name: 'apiUrl' | 'authUrl' | 'warnOnProduction') {
  return {
    value(): unknown {
      const values = configuration().inspect<unknown>(name);
      return values?.globalValue ?? values?.defaultValue;
    },
    onDidChange: (listener: (value: undefined) => void): vscode.Disposable =>
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`ctrlHub.${name}`)) listener(undefined);
      }),
  };
}

function ownText(name: 'apiUrl' | 'authUrl', fallback: string) {
  const { value, onDidChange } = own(name);
  const get = () => {
    const given = value() ?? fallback;
    return typeof given === 'string' ? given : JSON.stringify(given);
  };
  return { get, onDidChange };
}

export const apiUrl = ownText('apiUrl', defaultApiUrl);
export const authUrl = ownText('authUrl', '');

const warning = own('warnOnProduction');
export const warnOnProduction = { get: () => warning.value() === true, onDidChange: warning.onDidChange };

/** Makes an environment the active one in all windows. A default value is removed from the settings. */
export async function chooseEnvironment(
  { origin, baseUrl }: Environment,
  auth: string | undefined,
): Promise<void> {
  const write = (name: string, value: string | undefined) =>
    configuration().update(name, value, vscode.ConfigurationTarget.Global);
  const isKnown = auth === undefined || auth === knownEnvironment(origin)?.authUrl;
  await write('authUrl', isKnown ? undefined : auth);
  await write('apiUrl', baseUrl === defaultApiUrl ? undefined : baseUrl);
}
