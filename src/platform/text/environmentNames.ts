import * as vscode from 'vscode';
import { toLine } from '../../base/text';
import { knownEnvironment, sampleDataOrigin } from '../../session/environment';
import type { Account } from '../../session/session';
import { plain } from './plain';

/** The display name of the environment at an origin: its name, or its host. */
export function environmentName(origin: string): string {
  const { t } = vscode.l10n;
  if (origin === sampleDataOrigin) return t('Sample data');
  const known = knownEnvironment(origin)?.name;
  if (known === undefined) return toLine(URL.canParse(origin) ? new URL(origin).host : origin);
  return known === 'production' ? t('Production') : t('Staging');
}

/** Explains why a contact of sample data is not available; undefined for any other contact. */
export const sampleDataLeft = (origin: string): string | undefined =>
  origin === sampleDataOrigin
    ? vscode.l10n.t('This contact is sample data. Try sample data again to see it.')
    : undefined;

/** The display name of an account: its email address or client ID, or else the kind of its credential. */
export function accountName({ kind, label }: Pick<Account, 'kind' | 'label'>): string {
  const { t } = vscode.l10n;
  if (label !== undefined) return toLine(label);
  return kind === 'serviceAccount' ? t('Service account') : t('Session token');
}

/** A part of a sentence, escaped for a QuickPick. */
export function signedInAs(label: string | undefined): string {
  const { t } = vscode.l10n;
  return label === undefined ? t('signed in') : t('signed in as {0}', plain(label));
}

/** A notice in open panels before a session ends. */
export function endsSoonNotice({ expiresAt = Date.now() }: Account): string {
  const time = new Date(expiresAt).toLocaleTimeString(vscode.env.language, { timeStyle: 'short' });
  return vscode.l10n.t('Your session ends at {0}. Save your work, or sign in again before.', time);
}
