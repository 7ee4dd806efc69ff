/** Translates the enumerations of an interaction, for forms and lists. */
import * as vscode from 'vscode';

type Named = 'method' | 'direction' | 'status';

/** Translations by the API's values, in the order of the form. */
export function interactionWords(): Readonly<Record<Named, ReadonlyMap<string, string>>> {
  const { t } = vscode.l10n;
  return {
    method: new Map([
      ['telephone', t('Telephone')],
      ['email', t('Email')],
      ['sms', t('Text message')],
      ['letter', t('Letter')],
    ]),
    direction: new Map([
      ['inbound', t('Inbound')],
      ['outbound', t('Outbound')],
    ]),
    status: new Map([
      ['scheduled', t('Scheduled')],
      ['completed', t('Completed')],
      ['cancelled', t('Cancelled')],
    ]),
  };
}

/** Translates a value; one that the API adds later is shown unchanged. */
export const interactionWord = (name: Named, value: string): string =>
  interactionWords()[name].get(value) ?? value;
