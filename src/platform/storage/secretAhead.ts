import type * as vscode from 'vscode';
import { parseApiUrl } from '../../session/environment';
import { secretKey } from '../../session/secretKey';
import { profileKey } from './profileKeys';

/**
 * Asks for the secret of an environment at once: VS Code reads it while the bundle loads that needs it.
 * @param apiUrl the setting
 * @returns the same SecretStorage. Its first answer for this secret is the one that was asked for, unless the secret
 *   has changed since
 */
export function secretAhead(
  { secrets, globalState }: { secrets: vscode.SecretStorage; globalState: Pick<vscode.Memento, 'keys'> },
  apiUrl: unknown,
): vscode.SecretStorage {
  const environment = parseApiUrl(String(apiUrl));
  if (typeof environment === 'string') return secrets;
  // Only a profile has a secret.
  if (!globalState.keys().includes(profileKey(environment.origin))) return secrets;
  const key = secretKey(environment.origin);
  let ahead: Thenable<string | undefined> | undefined = secrets.get(key);
  // Whoever takes the answer gets the failure.
  ahead.then(undefined, () => undefined);
  const forget = () => {
    ahead = undefined;
    changes.dispose();
  };
  const changes = secrets.onDidChange((change) => change.key === key && forget());
  return {
    get(asked) {
      const answer = asked === key ? ahead : undefined;
      if (answer === undefined) return secrets.get(asked);
      forget();
      return answer;
    },
    store: (changed, value) => secrets.store(changed, value),
    delete: (changed) => secrets.delete(changed),
    onDidChange: secrets.onDidChange,
  };
}
