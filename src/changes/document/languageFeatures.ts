/** Folding, outline, completion and hover of texts that hold contacts. */
import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import { toLine } from '../../base/text';
import type { Draft } from '../../contacts/drafts/draft';
import { fieldNames, isFieldName } from '../../contacts/model/contact';
import { fieldLabels, otherTextText, proposedText } from '../../platform/text/labels';
import { withoutIcons } from '../../platform/text/plain';
import { readable } from '../../platform/text/telephones';
import { toRange } from '../problems/diagnostics';
import { type DraftOf, draftNotes } from '../problems/draftNotes';
import { escapeValue } from '../text/escape';
import type { Block, ParsedText } from '../text/parsedText';

interface Texts {
  parse(document: vscode.TextDocument): ParsedText | undefined;
  draftOf(document: vscode.TextDocument, ref: ContactRef): Draft | undefined;
}

/** The greatest number of suggested values for a field. */
const maxValues = 500;

export function languageFeatures(selector: vscode.DocumentFilter, texts: Texts): vscode.Disposable[] {
  const { languages } = vscode;
  const parse = (document: vscode.TextDocument) => texts.parse(document);
  return [
    languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: (document) =>
        (parse(document)?.blocks ?? []).map(
          ({ idRange, lastLine }) => new vscode.FoldingRange(idRange.line, lastLine),
        ),
    }),
    languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: (document) =>
        (parse(document)?.blocks ?? []).map((block) => toSymbol(block, document)),
    }),
    languages.registerCompletionItemProvider(selector, {
      provideCompletionItems: (document, position) => complete(document, position, parse(document)),
    }),
    languages.registerHoverProvider(selector, {
      provideHover: (document, { line }) => {
        const block = parse(document)?.blocks.find((one) => one.idRange.line <= line && line <= one.lastLine);
        return block && toHover(block, document, (ref) => texts.draftOf(document, ref));
      },
    }),
  ];
}

const idOf = ({ idRange }: Block, document: vscode.TextDocument) =>
  document.getText(toRange(idRange)).slice(1, -1);

function toSymbol(block: Block, document: vscode.TextDocument): vscode.DocumentSymbol {
  const { comment, idRange, lastLine, fields } = block;
  const id = toLine(idOf(block, document));
  const name = [fields.first_name?.value, fields.last_name?.value].filter(Boolean).join(' ');
  const label = toLine(name) || toLine(comment) || id || '–';
  const whole = new vscode.Range(idRange.line, 0, lastLine, document.lineAt(lastLine).text.length);
  // The outline shows a name as it is, and Go to Symbol draws icons.
  return new vscode.DocumentSymbol(
    withoutIcons(label),
    id,
    vscode.SymbolKind.Object,
    whole,
    toRange(idRange),
  );
}

/** Shows the whole contact as plain text, because its values come from other people. */
function toHover(block: Block, document: vscode.TextDocument, draftOf: DraftOf): vscode.Hover {
  const labels = fieldLabels();
  const notes = draftNotes(block, draftOf);
  const lines = fieldNames.map((field) => {
    const value = toLine(block.fields[field]?.value ?? '');
    const isProposed = notes.some(({ kind, line }) => kind === 'proposed' && line.field === field);
    const shown = (field === 'telephone' ? readable(value) : value) || '–';
    return `${labels[field]}: ${shown}${isProposed ? ` · ${proposedText()}` : ''}`;
  });
  const id = vscode.l10n.t('ID: {0}', toLine(block.ref?.contactId ?? idOf(block, document)));
  const text = new vscode.MarkdownString();
  const others = notes.flatMap((note) =>
    note.kind === 'otherText' ? [otherTextText(note.text, labels[note.line.field])] : [],
  );
  text.appendCodeblock([...lines, ...others, id].join('\n'), 'plaintext');
  return new vscode.Hover(text);
}

function complete(
  document: vscode.TextDocument,
  { line, character }: vscode.Position,
  parsed: ParsedText | undefined,
): vscode.CompletionItem[] {
  const { text } = document.lineAt(line);
  const name = /^\s*(\w+):/.exec(text)?.[1];
  if (parsed === undefined) return [];
  if (!isFieldName(name)) {
    const block = parsed.blocks.find(({ idRange, lastLine }) => idRange.line < line && line <= lastLine);
    const missing = fieldNames.filter((field) => block && block.fields[field] === undefined);
    return missing.map((field) => new vscode.CompletionItem(`${field}: `, vscode.CompletionItemKind.Field));
  }
  const start = text.indexOf(':') + 1 + (/^\s/.test(text.slice(text.indexOf(':') + 1)) ? 1 : 0);
  if (character < start) return [];
  const range = new vscode.Range(line, start, line, text.length);
  const counts = new Map<string, number>();
  for (const { fields } of parsed.blocks) {
    const found = fields[name];
    if (found && found.value !== '' && found.range.line !== line)
      counts.set(found.value, (counts.get(found.value) ?? 0) + 1);
  }
  const values = [...counts].sort(([, one], [, other]) => other - one).slice(0, maxValues);
  return values.map(([value], n) => {
    const item = new vscode.CompletionItem(
      toLine(value) || escapeValue(value),
      vscode.CompletionItemKind.Value,
    );
    item.insertText = escapeValue(value);
    item.filterText = escapeValue(value);
    item.sortText = String(n).padStart(4, '0');
    item.range = range;
    return item;
  });
}
