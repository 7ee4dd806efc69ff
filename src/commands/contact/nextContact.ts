/** Goes from the contact of a panel to the one that follows it in its list, as the list is shown. */
import * as vscode from 'vscode';
import type { CommandHandler } from '../common/services';

const goBy =
  (step: 1 | -1): CommandHandler =>
  async ({ panels, data }) => {
    const { t } = vscode.l10n;
    const ref = panels.activeContact;
    const { current } = data;
    if (ref === undefined || current === undefined) return;
    const { organisationId, contactId } = ref;
    const { arranged, contacts } = current;
    const rows = async () => {
      const ids = await arranged.rows(organisationId);
      return { ids, at: ids.indexOf(contactId) };
    };
    let { ids, at } = await rows();
    if (step === 1 && at === ids.length - 1 && contacts.list(organisationId).next !== undefined) {
      await contacts.loadMore(organisationId);
      ({ ids, at } = await rows());
    }
    const next = at === -1 ? undefined : ids[at + step];
    // The rows are those of the account that was signed in then.
    if (data.current !== current) return;
    if (next !== undefined) panels.replace(ref, { organisationId, contactId: next });
    else
      void vscode.window.setStatusBarMessage(
        at === -1
          ? t('This contact is not in its list as it is filtered now.')
          : step === 1
            ? t('This is the last contact of the list.')
            : t('This is the first contact of the list.'),
        5_000,
      );
  };

export const nextContact = goBy(1);
export const previousContact = goBy(-1);
