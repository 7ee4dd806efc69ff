/**
 * Lists the sessions in VS Code's Accounts menu, one for each signed-in environment. Another extension gets a
 * session with its token only after the user allows it in that menu: VS Code's contract for authentication
 * providers.
 */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { accountName, environmentName } from '../platform/text/environmentNames';
import type { Credential } from '../session/credentials';
import type { Profile } from '../session/keyring';
import type { SessionStore } from '../session/sessionStore';

interface Parts {
  readonly session: SessionStore;
  signIn(): Promise<void>;
  signOut(origin: string): Promise<void>;
  readonly changed: (change: vscode.AuthenticationProviderAuthenticationSessionsChangeEvent) => void;
}

export interface AccountsMenu extends vscode.Disposable {
  getSessions(scopes: readonly string[] | undefined): Promise<vscode.AuthenticationSession[]>;
  createSession(scopes: readonly string[]): Promise<vscode.AuthenticationSession>;
  removeSession(id: string): Promise<void>;
}

export function accountsMenu({ session, signIn, signOut, changed }: Parts): AccountsMenu {
  const { keyring } = session;
  /** The sessions that VS Code knows, without their tokens. */
  let reported: ReadonlyMap<string, vscode.AuthenticationSession> | undefined;

  const list = async (scopes: readonly string[] = []): Promise<vscode.AuthenticationSession[]> => {
    const all = await Promise.all(
      keyring.profiles.map(async (profile) => toSession(profile, await keyring.get(profile.origin), scopes)),
    );
    return all.flatMap((one) => one ?? []);
  };
  /** A hash shows that a token was replaced, and keeps none. */
  const tokens = new Map<string, string>();
  const withoutToken = (one: vscode.AuthenticationSession) => ({ ...one, accessToken: '' });
  const tell = async () => {
    const before = reported;
    const all = await list();
    const now = all.map(withoutToken);
    const renewed = all.filter(({ id, accessToken }) => {
      const hash = createHash('sha256').update(accessToken).digest('hex');
      const isNew = tokens.get(id) !== hash;
      tokens.set(id, hash);
      return isNew;
    });
    reported = new Map(now.map((one) => [one.id, one]));
    // VS Code requests the first list itself.
    if (before === undefined) return;
    const added = now.filter(({ id }) => !before.has(id));
    const removed = [...before.values()].filter(({ id }) => !now.some((one) => one.id === id));
    const different = now.filter(
      ({ id, account }) =>
        before.has(id) &&
        (before.get(id)?.account.label !== account.label || renewed.some((one) => one.id === id)),
    );
    if (added.length + removed.length + different.length > 0) changed({ added, removed, changed: different });
  };
  let telling = tell();
  const tellLater = () => {
    telling = telling.then(tell, tell);
  };
  const subscriptions = vscode.Disposable.from(
    keyring.onDidChange(tellLater),
    session.onDidChange(tellLater),
  );

  return {
    getSessions: list,
    async createSession(scopes) {
      const before = session.signIns;
      await signIn();
      const { current } = session;
      // The user cancelled: an allowed extension must not get the session that was there.
      if (session.signIns === before) throw new vscode.CancellationError();
      const origin = current.kind === 'signedIn' ? current.account.origin : undefined;
      const made = (await list(scopes)).find(({ id }) => id === origin);
      if (made === undefined) throw new vscode.CancellationError();
      return made;
    },
    removeSession: signOut,
    dispose: () => subscriptions.dispose(),
  };
}

function toSession(
  { origin, label }: Profile,
  credential: Credential | undefined,
  scopes: readonly string[],
): vscode.AuthenticationSession | undefined {
  if (credential === undefined) return undefined;
  const name = `${accountName({ kind: credential.kind, label })} (${environmentName(origin)})`;
  const accessToken =
    credential.kind === 'sessionToken' ? credential.token : (credential.access?.token ?? '');
  return {
    id: origin,
    accessToken,
    account: { id: `${origin} ${label ?? credential.kind}`, label: name },
    scopes,
  };
}
