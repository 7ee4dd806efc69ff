import * as vscode from 'vscode';
import { askPick, askText, type Left } from '../../platform/dialogs/steps';
import type { KratosLogin, LoginStep } from '../../session/kratos';
import type { CodeStep } from '../../session/kratosFlow';
import { codeChoice, codeName, refusedStep, tooLate, unsupported } from './signInTexts';
import { authRefusal, keepChecked, type SignInTarget, signInTitle, type WayOutcome } from './signInWay';

type AuthTarget = SignInTarget & { readonly authUrl: string };

/** The state that one box leaves for the next. */
interface Progress {
  readonly target: AuthTarget;
  readonly login: KratosLogin;
  email: string;
  steps: readonly CodeStep[];
  /** The reason why this method cannot continue. */
  message: string | undefined;
}

/** Signs in with email address and password, and with a code if the server requires one. */
export async function emailSignIn(target: SignInTarget): Promise<WayOutcome> {
  const { authUrl, session } = target;
  if (authUrl === undefined) return 'back';
  const login = session.signingIn.login(authUrl);
  const progress: Progress = {
    target: { ...target, authUrl },
    login,
    email: '',
    steps: [],
    message: undefined,
  };
  try {
    return await askInTurn(progress);
  } finally {
    // An unfinished session would stay valid at the server.
    void session.signingIn.revoke(authUrl, login.giveUp());
  }
}

async function askInTurn(progress: Progress): Promise<WayOutcome> {
  for (let at: 'email' | 'password' | 'code' = 'email'; ; ) {
    const left: 'accepted' | Left = await { email: askEmail, password: askPassword, code: askCode }[at](
      progress,
    );
    if (progress.message !== undefined) return { message: progress.message };
    if (left === 'cancelled') return left;
    if (left === 'back') {
      if (at === 'email') return 'back';
      at = at === 'code' ? 'password' : 'email';
    } else if (at === 'email') at = 'password';
    else if (progress.steps.length > 0) at = 'code';
    else return 'done';
  }
}

function askEmail(progress: Progress) {
  const { t } = vscode.l10n;
  return askText({
    title: signInTitle(),
    step: 2,
    totalSteps: 3,
    canGoBack: true,
    prompt: t('Email address of your account at {0}.', progress.target.authUrl),
    placeholder: t('Email address'),
    value: progress.email,
    async accept(typed) {
      progress.email = typed.trim();
      return progress.email === '' ? t('Type your email address.') : undefined;
    },
  });
}

function askPassword(progress: Progress) {
  const { t } = vscode.l10n;
  const { login, target, email } = progress;
  progress.steps = [];
  return askText({
    title: signInTitle(),
    step: 3,
    totalSteps: 3,
    canGoBack: true,
    prompt: t('Password of {0}. It is sent to {1} once and is not stored.', email, target.authUrl),
    placeholder: t('Password'),
    password: true,
    async accept(password, signal) {
      if (password === '') return t('Type your password.');
      return goOn(progress, signal, () => login.password(email, password, signal));
    },
  });
}

/** Asks for the code of a second step, after a choice if there are several steps. */
async function askCode(progress: Progress): Promise<'accepted' | Left> {
  const { steps } = progress;
  const [only, ...others] = steps;
  if (only === undefined) return 'back';
  if (others.length === 0) return askCodeOf(progress, only, 4);
  for (;;) {
    const chosen = await askStep(steps);
    if (chosen === 'back' || chosen === 'cancelled') return chosen;
    const left = await askCodeOf(progress, chosen, 5);
    if (left !== 'back') return left;
  }
}

function askCodeOf(progress: Progress, step: CodeStep, totalSteps: number): Promise<'accepted' | Left> {
  const { t } = vscode.l10n;
  const { login, target } = progress;
  const send = async (again: boolean, signal: AbortSignal): Promise<string | undefined> => {
    try {
      const kept = await login.sendCode(step, again, signal);
      return kept && whyNotSent(kept);
    } catch (error) {
      if (signal.aborted) return undefined;
      return authRefusal(error, target.authUrl, t('{0} refused this sign-in.', target.authUrl));
    }
  };
  const more = {
    icon: 'refresh',
    tooltip: t('Send Again'),
    run: async (signal: AbortSignal) => {
      const problem = await send(true, signal);
      const message = problem ?? t('A new code is on its way. Older ones are not valid any more.');
      return { message, isProblem: problem !== undefined };
    },
  };
  return askText({
    title: signInTitle(),
    step: totalSteps,
    totalSteps,
    canGoBack: true,
    prompt: t('{0}: type the code. Your account asks for it after the password.', codeName(step)),
    placeholder: codeName(step),
    // Other codes expire within a minute, and are easier to type when they are visible.
    password: step.method === 'lookup_secret',
    ...(step.method === 'code' ? { begin: (signal) => send(false, signal), more } : {}),
    async accept(typed, signal) {
      const code = typed.trim();
      if (code === '') return t('Type the code.');
      const { steps } = progress;
      const problem = await goOn(progress, signal, () => login.code(step, code, signal));
      // The choice of steps stays available for the next attempt.
      if (problem !== undefined) progress.steps = steps;
      return problem;
    },
  });
}

/** Describes why no code was sent. */
function whyNotSent(step: LoginStep): string {
  switch (step.kind) {
    case 'refused':
      return refusedStep(step);
    case 'unsupported':
      return unsupported(step.what);
    default:
      return tooLate();
  }
}

async function askStep(steps: readonly CodeStep[]): Promise<CodeStep | Left> {
  const items = steps.map((step) => ({ label: codeChoice(step), step }));
  const placeholder = vscode.l10n.t('Your account asks for a second step. Which one?');
  const chosen = await askPick({
    title: signInTitle(),
    step: 4,
    totalSteps: 5,
    canGoBack: true,
    placeholder,
    items,
  });
  return typeof chosen === 'string' ? chosen : chosen.step;
}

/**
 * Takes one step at the server.
 * @returns an error message; undefined if the box is finished
 */
async function goOn(
  progress: Progress,
  signal: AbortSignal,
  take: () => Promise<LoginStep>,
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const { target, login, email } = progress;
  const { authUrl } = target;
  progress.steps = [];
  let step: LoginStep;
  try {
    step = await take();
  } catch (error) {
    return authRefusal(error, authUrl, t('{0} refused this sign-in.', authUrl));
  }
  signal.throwIfAborted();
  switch (step.kind) {
    case 'refused':
      return refusedStep(step);
    case 'tooLate':
      return tooLate();
    case 'unsupported':
      progress.message = unsupported(step.what);
      return undefined;
    case 'secondStep':
      progress.steps = step.steps;
      return undefined;
    case 'done': {
      const { token, expiresAt } = step;
      const credential = { kind: 'sessionToken', token, authUrl, label: email, expiresAt } as const;
      const refused = t(
        '{0} accepted your sign-in, but the API denied access. Ask an administrator.',
        authUrl,
      );
      const { session, environment } = target;
      return keepChecked(target, credential, signal, refused, async (checked) => {
        // From here on, leaving the box must not end the session: the keyring may take its time.
        login.used();
        try {
          await session.signIn(environment, credential, checked);
        } catch (error) {
          void session.signingIn.revoke(authUrl, token);
          throw error;
        }
      });
    }
  }
}
