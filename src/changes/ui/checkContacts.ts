/** Checks an organisation's contacts, and opens those with likely errors. */
import * as vscode from 'vscode';
import { yieldToEventLoop } from '../../base/abort';
import { pickOrganisation } from '../../commands/common/pickOrganisations';
import { readWhole } from '../../commands/common/readWhole';
import type { CommandHandler, Services } from '../../commands/common/services';
import type { AccountStores } from '../../contacts/accountStores';
import { valuesOf } from '../../contacts/model/contact';
import { withCancellableProgress } from '../../platform/dialogs/progress';
import { contactCount, formatNumber } from '../../platform/text/plural';
import { type CheckedContact, Checker } from '../checks/check';
import type { Finding } from '../checks/finding';
import { loadToInternational, rulesOff } from '../problems/problems';
import { maxContacts } from '../scope';
import { openAsText } from './openAsText';

const { t } = vscode.l10n;

/**
 * The number of contacts to check before yielding. Longer lists use larger parts, because each part reads the whole
 * list.
 */
const part = { min: 200, ofAll: 1 / 40 } as const;

export const checkContacts: CommandHandler = async (services, target) => {
  const title = t('Check Contacts');
  const chosen = await pickOrganisation(services, title, target);
  if (chosen === undefined) return;
  const { data, organisationId } = chosen;
  const result = await withCancellableProgress(title, async (signal, say) => {
    await readWhole(data, [organisationId], signal, say);
    const found = new Map<string, CheckedContact['ref']>();
    const count = await checkList(
      services,
      data,
      organisationId,
      signal,
      ({ ref }) => {
        found.set(ref.contactId, ref);
      },
      say,
    );
    return { found: [...found.values()], count };
  });
  if (data !== services.data.current) return;
  const { found, count } = result;
  const checked = contactCount(count);
  if (found.length === 0) {
    void vscode.window.showInformationMessage(t('Nothing was found in {0}.', checked));
    return;
  }
  const name = data.organisations.name(organisationId) ?? t('Contacts');
  await openAsText(services, data, found.slice(0, maxContacts), name);
  await vscode.commands.executeCommand('workbench.actions.view.problems');
  if (found.length > maxContacts)
    void vscode.window.showInformationMessage(
      t(
        'Something was found in {0} of {1}. A text holds at most {2}: these are the first. Correct or accept them, and check again.',
        formatNumber(found.length),
        checked,
        formatNumber(maxContacts),
      ),
    );
};

/**
 * Checks a list that was read. Hints only add quick fixes, so they are left out.
 * @returns the number of contacts that were checked
 */
export async function checkList(
  { drafts, texts }: Pick<Services, 'drafts' | 'texts'>,
  { account, contacts }: AccountStores,
  organisationId: string,
  signal: AbortSignal,
  found: (finding: Finding) => void,
  say: (message: string) => void = () => undefined,
): Promise<number> {
  const { origin } = account;
  const all = contacts.list(organisationId).ids.flatMap((contactId): CheckedContact[] => {
    const ref = { organisationId, contactId };
    const resource = contacts.summary(ref);
    if (resource === undefined) return [];
    return [{ ref, values: { ...valuesOf(resource), ...drafts.contacts.editsOf(origin, ref) } }];
  });
  const accepted = await (await texts()).accepted();
  const checker = new Checker();
  const options = {
    off: rulesOff(),
    isAccepted: accepted.has.bind(accepted, origin),
    all,
    toInternational: await loadToInternational(),
  };
  const size = Math.max(part.min, Math.ceil(all.length * part.ofAll));
  for (let at = 0; at < all.length; at += size) {
    for (const finding of checker.check(all.slice(at, at + size), options))
      if (finding.severity === 'warning') found(finding);
    say(t('{0} of {1} checked', formatNumber(Math.min(at + size, all.length)), formatNumber(all.length)));
    await yieldToEventLoop();
    signal.throwIfAborted();
  }
  return all.length;
}
