import * as vscode from 'vscode';
import { fieldLabels } from '../../platform/text/labels';
import { withContact } from '../common/contactsFor';
import { whileReading } from '../common/loadContacts';
import { copy } from './copyContact';

const { t } = vscode.l10n;
const title = () => t('Copy as cURL');

/** Copies the request that Save would send as a command. The shell replaces the token's placeholder. */
export const copyAsCurl = withContact(title, async ({ saves }, ref) => {
  const plan = await whileReading(title(), (signal) => saves.plan(ref, signal));
  if (plan.kind === 'update') {
    const { toCurl } = await import('../../exports/exports');
    const unchanged = Object.keys(plan.edits).length === 0;
    return copy(
      toCurl(plan.request),
      unchanged
        ? t('Copied. There are no unsaved changes, so the command sends the contact as it is.')
        : t('Copied. Put your token into CTRL_HUB_TOKEN before you run it.'),
    );
  }
  const labels = fieldLabels();
  const message =
    plan.kind === 'blocked'
      ? t('Nothing was copied, as Save would send nothing: correct the marked fields first.')
      : t(
          'Nothing was copied, as Save would send nothing: somebody else changed {0} too. Open the contact, save it and choose.',
          plan.conflicts.map(({ field }) => labels[field]).join(', '),
        );
  await vscode.window.showWarningMessage(message);
});
