import * as vscode from 'vscode';
import { askPick, askText, type Left } from '../../platform/dialogs/steps';
import { chooseEnvironment } from '../../platform/settings';
import { environmentName, signedInAs } from '../../platform/text/environmentNames';
import { urlComplaint } from '../../platform/text/urlComplaint';
import { authServerOf, type Environment, knownEnvironments, parseApiUrl } from '../../session/environment';
import type { Profile } from '../../session/keyring';
import { accountOf } from '../../session/session';
import type { SessionStore } from '../../session/sessionStore';
import type { CommandHandler } from '../common/services';

interface Row extends vscode.QuickPickItem {
  /** Absent for a URL that the user enters. */
  readonly profile?: Profile;
}

/** Activates another environment: a known one, or any URL. */
export const switchEnvironment: CommandHandler = async ({ session }) => {
  await session.ready();
  const { t } = vscode.l10n;
  const other: Row = { label: t('Other address…'), alwaysShow: true };
  for (;;) {
    const chosen = await askPick({
      title: t('Switch Environment'),
      canGoBack: false,
      placeholder: t('Where do you want to work?'),
      items: [...(await rowsOf(session)), other],
    });
    if (typeof chosen === 'string') return;
    if (chosen.profile !== undefined) return use(session, chosen.profile);
    const given = await askAddresses(session);
    if (given === 'back') continue;
    if (given !== 'cancelled') await use(session, given);
    return;
  }
};

async function use(session: SessionStore, { apiUrl, authUrl }: Profile): Promise<void> {
  const environment = parseApiUrl(apiUrl);
  // A stored profile may be outdated or edited by hand.
  if (typeof environment === 'string') return;
  await chooseEnvironment(environment, authUrl);
  if (accountOf(session.current)?.kind === 'sampleData') await session.leaveSampleData();
}

/** Lists production, staging, the active environment, and all that were configured or signed in to. */
function listed(session: SessionStore): readonly Profile[] {
  const found = new Map<string, Profile>();
  for (const { apiUrl, authUrl } of knownEnvironments) found.set(apiUrl, { origin: apiUrl, apiUrl, authUrl });
  for (const profile of session.keyring.profiles) found.set(profile.origin, profile);
  const active = session.environment();
  if (typeof active === 'object') {
    const auth = session.authServer();
    const authUrl = typeof auth === 'object' ? auth.baseUrl : undefined;
    found.set(active.origin, {
      ...found.get(active.origin),
      origin: active.origin,
      apiUrl: active.baseUrl,
      authUrl,
    });
  }
  return [...found.values()];
}

async function rowsOf(session: SessionStore): Promise<readonly Row[]> {
  const { t } = vscode.l10n;
  const active = session.environment();
  const sample = accountOf(session.current)?.kind === 'sampleData';
  const isActive = ({ origin }: Profile) => !sample && typeof active === 'object' && active.origin === origin;
  return Promise.all(
    listed(session).map(async (profile) => {
      const credential = await session.keyring.get(profile.origin);
      const who = credential === undefined ? t('not signed in') : signedInAs(profile.label);
      return {
        profile,
        label: `$(${isActive(profile) ? 'check' : 'blank'}) ${environmentName(profile.origin)}`,
        description: [...(isActive(profile) ? [t('active')] : []), who].join(' · '),
        detail: profile.apiUrl,
      };
    }),
  );
}

/** Asks for the URL of an API and for that of its sign-in server, which may stay empty. */
async function askAddresses(session: SessionStore): Promise<Profile | Left> {
  const { t } = vscode.l10n;
  let environment: Environment | undefined;
  for (;;) {
    const first = await askText({
      title: t('Switch Environment'),
      step: 2,
      totalSteps: 3,
      canGoBack: true,
      prompt: t('Address of the Ctrl Hub API.'),
      placeholder: 'https://api.example.com',
      value: environment?.baseUrl ?? '',
      async accept(typed) {
        const parsed = parseApiUrl(typed);
        if (typeof parsed === 'string') return urlComplaint(parsed);
        environment = parsed;
        return undefined;
      },
    });
    if (first !== 'accepted' || environment === undefined) return first === 'accepted' ? 'cancelled' : first;
    const api: Environment = environment;
    let authUrl: string | undefined;
    const second = await askText({
      title: t('Switch Environment'),
      step: 3,
      totalSteps: 3,
      canGoBack: true,
      prompt: t('Sign-in address. Leave it empty to sign in with a session token only.'),
      placeholder: 'https://auth.example.com',
      value: toText(authServerOf(api, '')),
      async accept(typed) {
        const parsed = typed.trim() === '' ? undefined : parseApiUrl(typed);
        if (typeof parsed === 'string') return urlComplaint(parsed);
        authUrl = parsed?.baseUrl;
        return undefined;
      },
    });
    if (second === 'cancelled') return second;
    if (second === 'back') continue;
    await session.keyring.remember(api, authUrl);
    return { origin: api.origin, apiUrl: api.baseUrl, authUrl };
  }
}

const toText = (auth: ReturnType<typeof authServerOf>) => (typeof auth === 'object' ? auth.baseUrl : '');
