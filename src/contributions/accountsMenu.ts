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
  /** The sessions that VS Code knows. */
  let reported: ReadonlyMap<string, Reported> | undefined;

  const list = async (scopes: readonly string[] = []): Promise<vscode.AuthenticationSession[]> => {
    const all = await Promise.all(
      keyring.profiles.map(async (profile) => toSession(profile, await keyring.get(profile.origin), scopes)),
    );
    return all.flatMap((one) => one ?? []);
  };
  const tell = async () => {
    const before = reported;
    const now = new Map((await list()).map((one) => [one.id, toReported(one)]));
    reported = now;
    // VS Code requests the first list itself.
    if (before === undefined) return;
    const sessionsOf = (
      all: ReadonlyMap<string, Reported>,
      isMeant: (id: string, one: Reported) => boolean,
    ) => [...all].flatMap(([id, one]) => (isMeant(id, one) ? [one.session] : []));
    const added = sessionsOf(now, (id) => !before.has(id));
    const removed = sessionsOf(before, (id) => !now.has(id));
    const different = sessionsOf(now, (id, { mark }) => before.has(id) && before.get(id)?.mark !== mark);
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

interface Reported {
  /** The session without its token. */
  readonly session: vscode.AuthenticationSession;
  /** Changes with the label and the token; the hash keeps no token. */
  readonly mark: string;
}

function toReported(session: vscode.AuthenticationSession): Reported {
  const { account, accessToken } = session;
  const hash = createHash('sha256').update(accessToken).digest('hex');
  return { session: { ...session, accessToken: '' }, mark: `${hash} ${account.label}` };
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
