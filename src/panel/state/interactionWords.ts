/** What a person calls the way of an interaction, in a form and in a list. */
import * as vscode from 'vscode';

type Named = 'method' | 'direction' | 'status';

/** By the API's words for them, in the order of the form. */
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

/** What the API may add is shown as it is given. */
export const interactionWord = (name: Named, value: string): string =>
  interactionWords()[name].get(value) ?? value;
