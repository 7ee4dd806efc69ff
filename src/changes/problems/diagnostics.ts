/** Makes the entries of the Problems view for one text. */
import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import { keyOf } from '../../contacts/model/contact';
import type { Finding } from '../checks/finding';
import { maxContacts } from '../scope';
import type { Block, LineRange, ParsedText } from '../text/parsedText';
import { type DraftOf, draftNotes } from './draftNotes';
import { errorText, findingText, noteText, saveText } from './problemTexts';
import { type SaveStates, saveNotes } from './saveNotes';

export interface NotedText {
  readonly parsed: ParsedText;
  readonly draftOf: DraftOf;
  /** The saves of the contacts; absent without their account. */
  readonly saves: SaveStates | undefined;
}

export interface PlacedFinding {
  readonly finding: Finding;
  readonly range: vscode.Range;
  readonly value: string;
}

export const toRange = ({ line, start, end }: LineRange) => new vscode.Range(line, start, line, end);

/**
 * Returns the most severe entries, because VS Code limits the problems of a file. Hints come last, because no list shows
 * them.
 */
export function toDiagnostics(
  uri: vscode.Uri,
  { parsed, draftOf, saves }: NotedText,
  findings: readonly PlacedFinding[],
): readonly vscode.Diagnostic[] {
  const errors = parsed.errors.map(({ code, range }) => toDiagnostic(toRange(range), errorText(code), code));
  const all = [
    ...errors,
    ...(saves ? parsed.blocks.flatMap((block) => saveProblems(block, saves)) : []),
    ...findingProblems(uri, parsed.blocks, findings),
    ...parsed.blocks.flatMap((block) => noteProblems(block, draftOf)),
  ];
  return all.sort((a, b) => a.severity - b.severity).slice(0, maxContacts);
}

function findingProblems(
  uri: vscode.Uri,
  blocks: readonly Block[],
  findings: readonly PlacedFinding[],
): readonly vscode.Diagnostic[] {
  const byKey = new Map(
    blocks.flatMap(({ ref, isSound, fields }) => (ref && isSound ? [[keyOf(ref), fields]] : [])),
  );
  const placeOf = (ref: ContactRef, field: Finding['field']) => byKey.get(keyOf(ref))?.[field]?.range;
  return findings.map(({ finding, range }) => {
    const severity =
      finding.severity === 'hint' ? vscode.DiagnosticSeverity.Hint : vscode.DiagnosticSeverity.Warning;
    const diagnostic = toDiagnostic(range, findingText(finding), finding.rule, severity);
    diagnostic.relatedInformation = finding.others.slice(0, maxRelated).flatMap((ref) => {
      const place = placeOf(ref, finding.field);
      if (place === undefined) return [];
      const location = new vscode.Location(uri, toRange(place));
      return [new vscode.DiagnosticRelatedInformation(location, vscode.l10n.t('The other contact'))];
    });
    return diagnostic;
  });
}

function noteProblems(block: Block, draftOf: DraftOf): readonly vscode.Diagnostic[] {
  const { Information } = vscode.DiagnosticSeverity;
  return draftNotes(block, draftOf).map((note) =>
    toDiagnostic(toRange(note.line.range), noteText(note), note.kind, Information),
  );
}

function saveProblems(block: Block, saves: SaveStates): readonly vscode.Diagnostic[] {
  const values = Object.values(block.fields).map(({ value }) => value);
  return saveNotes(block, saves).map((note) =>
    toDiagnostic(
      toRange(note.range),
      saveText(note, values),
      note.kind,
      note.kind === 'unknown' ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Error,
    ),
  );
}

/** The greatest number of links to other contacts with the same value. */
const maxRelated = 5;

function toDiagnostic(
  range: vscode.Range,
  message: string,
  code: string,
  severity = vscode.DiagnosticSeverity.Error,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, message, severity);
  diagnostic.source = 'Ctrl Hub';
  diagnostic.code = code;
  return diagnostic;
}
