/** Describes errors to the user: the problem, and the next step. */
import * as vscode from 'vscode';
import { ApiError, type ApiProblem } from '../../api/http/errors';
import { toLine } from '../../base/text';
import { KeyringError } from '../../session/keyringError';

const { t } = vscode.l10n;

/** Describes an error in a sentence or two, without text of the API: see `wordsOf`. */
export function describeError(error: unknown): string {
  if (error instanceof KeyringError) return describeKeyring(error);
  // By name, because each bundle has its own copy of the class.
  if (error instanceof Error && error.name === 'SettingsError')
    return t(
      'The user settings could not be written. Open the settings file, correct and save it, then try again.',
    );
  if (!(error instanceof ApiError)) return t('Something went wrong. See the log for details.');
  switch (error.reason) {
    case 'unreachable':
      return t('Could not reach Ctrl Hub. Check your connection and the API URL in the settings.');
    case 'timedOut':
      return t('Ctrl Hub took too long to answer. Try again in a moment.');
    case 'unauthorised':
      return t('Your session has ended. Sign in again to continue.');
    case 'forbidden':
      return t('Your account is not allowed to do this. Ask an administrator of the organisation.');
    case 'notFound':
      return t('This does not exist in Ctrl Hub, or your account has no access to it.');
    case 'methodNotAllowed':
      return t('Ctrl Hub does not support this here.');
    case 'conflict':
      return t('This was changed in the meantime. Open it again to see the latest version.');
    case 'invalid':
      return t('Ctrl Hub did not accept this.');
    case 'rateLimited':
      return describeWait(error);
    case 'server':
      return t('Ctrl Hub reported an internal error. Try again later.');
    case 'redirected':
      return t(
        'Ctrl Hub redirected the request to another address, which was not followed. Check the API URL in the settings.',
      );
    case 'untrusted':
      return t(
        'The connection is not secure: this computer does not trust the certificate of Ctrl Hub’s address, so nothing was sent. Check the API URL in the settings, the computer’s clock, and whether your network needs a certificate of its own.',
      );
    case 'tooLarge':
      return t(
        'This server’s response is too large and was not read completely. Check the API URL in the settings, or try again.',
      );
    case 'endless':
      return t(
        'The list does not end. Reading was stopped, and the contacts read so far are shown. Contact Ctrl Hub support.',
      );
    case 'signInFailed':
      return t(
        'The sign-in server did not renew your access, so nothing was changed in Ctrl Hub. Try again in a moment. If this happens again, sign out and sign in again.',
      );
    case 'errorDocument':
      return t(
        'Ctrl Hub reported success, but its answer contains an error. Check the latest values before you try again.',
      );
    case 'badResponse':
      return t(
        'This server’s response is not from Ctrl Hub. Check the API URL in the settings, or try again.',
      );
  }
}

/** Milliseconds; a shorter wait is described without a time. */
const aMoment = 60_000;

function describeWait({ retryAt = 0 }: ApiError): string {
  if (retryAt - Date.now() < aMoment) return t('Ctrl Hub is busy. Wait a moment and try again.');
  // The time is rounded up to the next minute, so that a retry in that minute is not too early.
  const until = new Date(retryAt + aMoment);
  const isToday = until.toDateString() === new Date().toDateString();
  const format = new Intl.DateTimeFormat(vscode.env.language, {
    ...(isToday ? {} : { dateStyle: 'long' }),
    timeStyle: 'short',
  });
  return t('Ctrl Hub asks to wait until {0}. Try again then.', format.format(until));
}

function describeKeyring({ refused }: KeyringError): string {
  return refused === 'delete'
    ? t(
        'The secret storage of this computer did not delete your session, so you are still signed in. Unlock your system’s keyring, then sign out again.',
      )
    : t(
        'The secret storage of this computer did not take the new session, so the sign-in was not completed. Unlock your system’s keyring, then sign in again.',
      );
}

/** The API's own text about a problem, as one line. Show server text as plain text. */
export function wordsOf({ title, detail }: ApiProblem): string {
  return toLine(detail || title, 500);
}
