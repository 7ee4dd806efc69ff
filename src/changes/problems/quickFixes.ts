/** Quick fixes for problems: fix or accept one value, or all of a kind. */
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { parseWith } from '../../base/parseWith';
import { type Finding, fixIds } from '../checks/finding';
import { escapeValue } from '../text/escape';
import type { PlacedFinding } from './diagnostics';
import type { Problems } from './problems';
import { allText, fixText } from './problemTexts';

/** Accepts one value, or all of a kind. Only quick fixes use this command, so the Command Palette hides it. */
export const acceptCommand = '_ctrlHub.contacts.acceptValue';

/** The arguments of the command: the document, the kind of finding, and the line unless all of the kind are meant. */
const acceptArguments = z.lazy(() =>
  z.tuple([z.string(), z.string(), z.string(), z.optional(z.nullable(z.number()))]),
);

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
      if (like.length > 1)
        actions.push(toAction(allText(fixText(id), like.length), document, like, id, false));
    }
    const warned = here.find(({ finding }) => finding.severity === 'warning') ?? here[0];
    if (warned) {
      const title = vscode.l10n.t('Accept as it is');
      actions.push(toAcceptance(title, document, warned, warned.range.start.line));
      const like = all.filter(({ finding }) => isLike(finding, warned.finding));
      if (like.length > 1) actions.push(toAcceptance(allText(title, like.length), document, warned));
    }
    return actions;
  }

  /** Returns the document and the findings that the arguments of `acceptCommand` mean. */
  toAccept(given: readonly unknown[]) {
    const [address, rule, severity, line] = parseWith(acceptArguments, given) ?? [];
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === address);
    const found = document ? this.#problems.findings(document) : [];
    const isMeant = ({ finding, range }: PlacedFinding) =>
      finding.rule === rule &&
      finding.severity === severity &&
      (line ?? range.start.line) === range.start.line;
    return { document, found: found.filter(isMeant) };
  }
}

const isLike = (one: Finding, other: Finding) => one.rule === other.rule && one.severity === other.severity;

/** @param line undefined to accept all findings of the kind */
function toAcceptance(
  title: string,
  { uri }: vscode.TextDocument,
  { finding }: PlacedFinding,
  line?: number,
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  const meant = [uri.toString(), finding.rule, finding.severity, line];
  action.command = { title, command: acceptCommand, arguments: meant };
  return action;
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
