import * as vscode from 'vscode';
import { environmentName } from '../../platform/text/environmentNames';
import { contactCount, formatNumber } from '../../platform/text/plural';
import { knownEnvironment } from '../../session/environment';
import type { Plan } from '../plan/plan';

/** The greatest number of contacts on production that can be confirmed without typing the number. */
const maxUntyped = 25;

/** @returns true if the plan may be carried out */
export async function confirmApply({ origin, items }: Plan): Promise<boolean> {
  if (knownEnvironment(origin)?.name !== 'production' || items.length <= maxUntyped) return true;
  const { t } = vscode.l10n;
  const number = String(items.length);
  const typed = await vscode.window.showInputBox({
    title: t('Apply Changes'),
    prompt: t(
      '{0} change at {1}. Type {2} to apply.',
      contactCount(items.length),
      environmentName(origin),
      number,
    ),
    ignoreFocusOut: true,
    validateInput: (value) =>
      isNumber(value, items.length) || value.trim() === '' ? undefined : t('Type {0}.', number),
  });
  return typed !== undefined && isNumber(typed, items.length);
}

/** Accepts the number with and without the thousands separators of the display language. */
const isNumber = (text: string, count: number) => [String(count), formatNumber(count)].includes(text.trim());
