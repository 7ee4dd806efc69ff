/** Quick fixes for problems: fix one, fix all of a kind, or accept a value as it is. */
import * as vscode from 'vscode';
import { fixIds } from '../checks/finding';
import { escapeValue } from '../text/escape';
import type { PlacedFinding, Problems } from './problems';
import { fixAllText, fixText } from './problemTexts';

/** Accepts the values in a range of a document. Only quick fixes use this command, so the Command Palette hides it. */
export const acceptCommand = '_ctrlHub.contacts.acceptValue';

export class QuickFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];
  readonly #problems: Problems;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const all = this.#problems.findings(document);
    const here = all.filter((one) => one.range.intersection(range) !== undefined);
    const actions: vscode.CodeAction[] = [];
    for (const id of fixIds) {
      const own = here.find(({ finding }) => finding.fixes.some((fix) => fix.id === id));
      if (own === undefined) continue;
      const like = all.filter(({ finding }) => finding.fixes.some((fix) => fix.id === id));
      actions.push(toAction(fixText(id), document, [own], id, true));
      if (like.length > 1) actions.push(toAction(fixAllText(id, like.length), document, like, id, false));
    }
    const warned = here.find(({ finding }) => finding.severity === 'warning') ?? here[0];
    if (warned) {
      const title = vscode.l10n.t('Accept as it is');
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      const { start } = warned.range;
      const place = [document.uri.toString(), start.line, warned.finding.rule];
      action.command = { title, command: acceptCommand, arguments: place };
      actions.push(action);
    }
    return actions;
  }
}

function toAction(
  title: string,
  { uri }: vscode.TextDocument,
  found: readonly PlacedFinding[],
  id: (typeof fixIds)[number],
  isPreferred: boolean,
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  for (const { finding, range } of found) {
    const fix = finding.fixes.find((one) => one.id === id);
    if (fix) action.edit.replace(uri, range, escapeValue(fix.value));
  }
  action.isPreferred = isPreferred;
  return action;
}
