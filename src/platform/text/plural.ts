import * as vscode from 'vscode';

/**
 * Selects the plural form for a number by the rules of the display language.
 * @param forms a translated text such as "one: 1 contact | other: {0} contacts"; each language has the forms
 * that it needs
 */
export function plural(forms: string, count: number): string {
  const category = new Intl.PluralRules(vscode.env.language).select(count);
  const all = new Map(
    forms.split(' | ').map((form) => {
      const colon = form.indexOf(': ');
      return [form.slice(0, colon), form.slice(colon + 2)] as const;
    }),
  );
  return all.get(category) ?? all.get('other') ?? forms;
}

export const formatNumber = (count: number) => new Intl.NumberFormat(vscode.env.language).format(count);

export const contactCount = (count: number) =>
  plural(vscode.l10n.t('one: 1 contact | other: {0} contacts', formatNumber(count)), count);

/** Describes the number of rows that are left out because they are no resources. */
export const unreadableRows = (count: number) =>
  plural(
    vscode.l10n.t('one: 1 row could not be read | other: {0} rows could not be read', formatNumber(count)),
    count,
  );
