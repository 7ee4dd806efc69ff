/** Undoes a batch with drafts of the old values, which are reviewed like any other drafts. */
import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import type { Services } from '../../commands/common/services';
import type { AccountStores } from '../../contacts/accountStores';
import { ContactDrafts } from '../../contacts/drafts/contactDrafts';
import { isEmpty, newDraft } from '../../contacts/drafts/draft';
import { fieldNames, keyOf, valuesOf } from '../../contacts/model/contact';
import { PatientReads } from '../../contacts/saving/patientReads';
import { pickMany, pickRow } from '../../platform/dialogs/quickPicks';
import { fieldLabels, namesOf } from '../../platform/text/labels';
import { plain } from '../../platform/text/plain';
import { contactCount } from '../../platform/text/plural';
import type { FieldName } from '../../protocol/fields';
import type { Batch, JournalItem } from '../apply/journalRecord';
import { arrivedOf } from '../apply/outcome';
import { type UndoEdit, type UndoState, undoBatch, withUndo } from '../undo/undoBatch';
import { readContacts } from './readContacts';
import type { ReviewScope } from './reviewScope';
import { timeText } from './reviewTexts';

const hasArrived = ({ outcome }: JournalItem) => arrivedOf(outcome) !== undefined;

interface Chosen {
  readonly batch: Batch;
  /** The fields to undo; all of them by default. */
  readonly only?: readonly FieldName[];
}

/** Offers only batches that changed something. @param batches newest first */
export async function pickBatch(
  batches: readonly Batch[],
  { organisations }: AccountStores,
): Promise<Chosen | undefined> {
  const { t } = vscode.l10n;
  const chooseFields = { iconPath: new vscode.ThemeIcon('list-selection'), tooltip: t('Choose Fields…') };
  const rows = batches.flatMap((batch) => {
    const items = batch.items.filter(hasArrived);
    if (items.length === 0) return [];
    const fields = fieldNames.filter((field) => items.some(({ after }) => after[field] !== undefined));
    const ids = [...new Set(items.map(({ ref }) => ref.organisationId))];
    const where = ids.map((id) => organisations.name(id) ?? id).join(', ');
    const isUndo = batch.undoes !== undefined || batch.source === 'undo';
    return [
      {
        batch,
        fields,
        label: timeText(batch.at),
        description: [contactCount(items.length), ...(isUndo ? [t('an undo')] : [])].join(' · '),
        detail: plain([namesOf(fields), where].join(' · ')),
        buttons: fields.length > 1 ? [chooseFields] : [],
      },
    ];
  });
  if (rows.length === 0) {
    await vscode.window.showInformationMessage(
      t('No changes were applied on this computer in the last 30 days.'),
    );
    return undefined;
  }
  const title = t('Undo Changes');
  const chosen = await pickRow(rows, { title, placeholder: t('Choose the changes to undo') });
  if (!chosen?.isByButton) return chosen?.item;
  const { batch, fields } = chosen.item;
  const labels = fieldLabels();
  const items = fields.map((field) => ({ field, label: labels[field] }));
  const only = await pickMany(items, { title, placeholder: t('Choose the fields to undo') });
  return only && only.length > 0 ? { batch, only: only.map(({ field }) => field) } : undefined;
}

/**
 * Writes the drafts. Sends nothing.
 * @returns the contacts that now have such a draft, and the skipped contacts
 * @throws ApiError, and the `AbortError` of `signal`
 */
export async function draftUndo(
  { batch, only }: Chosen,
  data: AccountStores,
  { drafts: { contacts: store }, clock }: Services,
  signal: AbortSignal,
): Promise<Required<Pick<ReviewScope, 'refs' | 'skipped' | 'fields'>>> {
  const drafts = new ContactDrafts(data.account.origin, store);
  const refs = batch.items.filter(hasArrived).map(({ ref }) => ref);
  const readings = await readContacts(data, refs, new PatientReads({ clock, signal }), () => undefined);
  const byKey = new Map(refs.map((ref, n) => [keyOf(ref), readings[n]]));
  const state: UndoState = {
    now: (ref) => {
      const reading = byKey.get(keyOf(ref));
      if (reading?.kind === 'read') return valuesOf(reading.resource);
      return reading?.kind === 'gone' ? 'gone' : undefined;
    },
    draft: (ref) => drafts.get(ref),
  };
  const { edits, skipped } = undoBatch(batch, state, only);
  const changed = new Map<string, { readonly ref: ContactRef; readonly own: UndoEdit[] }>();
  for (const edit of edits) {
    const { ref } = edit;
    const { own } = changed.get(keyOf(ref)) ?? { own: [] };
    changed.set(keyOf(ref), { ref, own: [...own, edit] });
  }
  for (const { ref, own } of changed.values()) {
    const before = drafts.get(ref);
    const title = own[0]?.title ?? '';
    const organisation = data.organisations.name(ref.organisationId) ?? '';
    const draft = before === undefined || isEmpty(before) ? newDraft(title, organisation) : before;
    drafts.set(ref, withUndo(draft, own));
    data.saves.edited(ref);
  }
  const fields = new Map([...changed].map(([key, { own }]) => [key, own.map(({ field }) => field)]));
  return { refs: [...changed.values()].map(({ ref }) => ref), skipped, fields };
}
