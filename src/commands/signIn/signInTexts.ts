/** Describes the steps and refusals of a sign-in server. */
import * as vscode from 'vscode';
import { plainMessage } from '../../platform/dialogs/steps';
import type { LoginStep } from '../../session/kratos';
import type { CodeStep, OtherStep } from '../../session/kratosFlow';

const { t } = vscode.l10n;

/** The name of the code that a box asks for. */
export function codeName(step: CodeStep): string {
  switch (step.method) {
    case 'totp':
      return t('Code from your authenticator app');
    case 'lookup_secret':
      return t('Backup recovery code');
    case 'code':
      return step.address === undefined
        ? t('Code that was sent to you')
        : t('Code that was sent to {0}', plainMessage(step.address));
  }
}

/** A choice among several codes; choosing a code sends it. */
export function codeChoice(step: CodeStep): string {
  if (step.method !== 'code') return codeName(step);
  return step.address === undefined ? t('Send a code') : t('Send a code to {0}', plainMessage(step.address));
}

export function refusedStep({ why, messages }: Extract<LoginStep, { kind: 'refused' }>): string {
  switch (why) {
    case 'credentials':
      return t('The email address or password is wrong. Check them and try again.');
    case 'code':
      return t('This code is wrong or too old. Type the one that is shown now.');
    case 'notVerified':
      return t(
        'This email address is not verified yet. Open the message that Ctrl Hub sent you, then try again.',
      );
    case 'other': {
      const words = messages
        .slice(0, 5)
        .map(({ text }) => plainMessage(text))
        .filter((text) => text !== '');
      return words.length > 0
        ? t('Ctrl Hub did not accept this: {0}', words.join(' '))
        : t('Ctrl Hub did not accept this. Check it and try again.');
    }
  }
}

export const tooLate = () => t('This sign-in took too long. Go back and type your password again.');

/** A note above the other sign-in methods. */
export function unsupported(what: readonly OtherStep[]): string {
  const names: Readonly<Record<OtherStep, string>> = {
    browser: t('a step in the browser'),
    sso: t('single sign-on'),
    securityKey: t('a security key'),
    passkey: t('a passkey'),
    unknown: t('an unknown step'),
  };
  const asked = new Intl.ListFormat(vscode.env.language, { type: 'disjunction' }).format(
    what.map((one) => names[one]),
  );
  return t('This account asks for {0}, which is not supported here. Sign in another way.', asked);
}
