/** Shows problems in open texts: lines that cannot be parsed, and values that may be wrong. */
import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import { yieldToEventLoop } from '../../base/abort';
import type { Clock } from '../../base/clock';
import { once } from '../../base/concurrency';
import type { Disposable } from '../../base/event';
import { type Logger, logUnexpected } from '../../base/log';
import type { Runtime } from '../../base/runtime';
import { keyOf } from '../../contacts/model/contact';
import { checksOff } from '../../platform/settings';
import { type CheckedContact, Checker, type CheckOptions } from '../checks/check';
import { type Finding, type RuleId, ruleIds } from '../checks/finding';
import { maxContacts } from '../scope';
import type { Block, LineRange, ParsedText } from '../text/parsedText';
import { type DraftOf, draftNotes } from './draftNotes';
import { errorText, findingText, noteText, saveText } from './problemTexts';
import { type SaveStates, saveNotes } from './saveNotes';

export interface CheckedText {
  readonly parsed: ParsedText;
  readonly isAccepted: (rule: RuleId, ref: ContactRef, field: Finding['field'], value: string) => boolean;
  readonly draftOf: DraftOf;
  /** The saves of the contacts; absent without their account. */
  readonly saves: SaveStates | undefined;
  /** The other known contacts of the organisations. */
  readonly others: Iterable<CheckedContact>;
}

export interface PlacedFinding {
  readonly finding: Finding;
  readonly range: vscode.Range;
  readonly value: string;
}

interface Checked {
  readonly checker: Checker;
  timer?: Disposable | undefined;
  isWarm?: boolean;
  version?: number;
  findings: readonly PlacedFinding[];
}

/** The pause after the last keystroke, in milliseconds. */
const delay = 300;
/** The number of contacts that the first run checks before it yields. */
const atOnce = 100;

export const toRange = ({ line, start, end }: LineRange) => new vscode.Range(line, start, line, end);

/**
 * `toInternational` from `src/telephones`, loaded on demand because the module is half as large as the rest of the
 * extension.
 */
export const loadToInternational = once(
  async () => (await import('../../telephones/telephones')).toInternational,
);

export const rulesOff = (): CheckOptions['off'] => {
  const off = checksOff.get();
  return new Set(ruleIds.filter((rule) => off.has(rule)));
};

export class Problems implements Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('ctrlHub');
  readonly #checked = new Map<string, Checked>();
  readonly #clock: Clock;
  readonly #textOf: (document: vscode.TextDocument) => CheckedText | undefined;
  readonly #setting: vscode.Disposable;
  readonly #log: Logger;
  /** Numbers are not reformatted if the numbering plans cannot be loaded. */
  readonly #plans = once(async (): Promise<CheckOptions['toInternational']> => {
    try {
      return await loadToInternational();
    } catch (error) {
      logUnexpected(this.#log, 'load numbering plans', error);
      return undefined;
    }
  });

  /** @param textOf returns undefined for a document without contacts */
  constructor({ clock, log }: Runtime, textOf: (document: vscode.TextDocument) => CheckedText | undefined) {
    this.#clock = clock;
    this.#log = log;
    this.#textOf = textOf;
    this.#setting = checksOff.onDidChange(() => this.#again());
  }

  /** Checks a document after the user has stopped typing. */
  schedule(document: vscode.TextDocument, wait = delay): void {
    const known = this.#checked.get(document.uri.toString());
    const checked = known ?? { checker: new Checker(), findings: [] };
    this.#checked.set(document.uri.toString(), checked);
    checked.timer?.dispose();
    checked.timer = this.#clock.after(wait, () => {
      this.#check(document, checked).catch((error: unknown) =>
        logUnexpected(this.#log, 'check contacts', error),
      );
    });
  }

  /** The findings for the current version of a document; empty while a check is scheduled. */
  findings({ uri, version }: vscode.TextDocument): readonly PlacedFinding[] {
    const checked = this.#checked.get(uri.toString());
    return checked?.version === version ? checked.findings : [];
  }

  close(uri: vscode.Uri): void {
    this.#checked.get(uri.toString())?.timer?.dispose();
    this.#checked.delete(uri.toString());
    this.#collection.delete(uri);
  }

  dispose(): void {
    for (const { timer } of this.#checked.values()) timer?.dispose();
    this.#collection.dispose();
    this.#setting.dispose();
  }

  #again(): void {
    for (const document of vscode.workspace.textDocuments)
      if (this.#checked.has(document.uri.toString())) this.schedule(document);
  }

  async #check(document: vscode.TextDocument, checked: Checked): Promise<void> {
    const toInternational = await this.#plans();
    const { version } = document;
    const isOver = () => document.isClosed || document.version !== version;
    // Parsing is a separate task, so that no task is long enough to delay typing.
    const text = this.#textOf(document);
    await yieldToEventLoop();
    if (isOver()) return;
    if (text === undefined) return;
    const { parsed, isAccepted, draftOf, saves, others } = text;
    const sound = parsed.blocks.flatMap(({ ref, isSound, fields }) =>
      ref && isSound ? [{ ref, fields }] : [],
    );
    const contacts = sound.map(({ ref, fields }) => ({
      ref,
      values: Object.fromEntries(Object.entries(fields).map(([field, { value }]) => [field, value])),
    }));
    const options = { off: rulesOff(), isAccepted, all: others, toInternational };
    const every = { ...options, all: [...contacts, ...others] };
    // The checker caches findings by value, so only the first run takes long.
    for (let n = atOnce; !checked.isWarm && n < contacts.length; n += atOnce) {
      checked.checker.check(contacts.slice(0, n), every);
      await yieldToEventLoop();
      if (isOver()) return;
    }
    checked.isWarm = true;
    const found = checked.checker.check(contacts, options);
    const byKey = new Map(sound.map(({ ref, fields }) => [keyOf(ref), fields]));
    checked.findings = found.flatMap((finding) => {
      const line = byKey.get(keyOf(finding.ref))?.[finding.field];
      return line ? [{ finding, range: toRange(line.range), value: line.value }] : [];
    });
    checked.version = version;
    const placeOf = (ref: ContactRef, field: Finding['field']) => byKey.get(keyOf(ref))?.[field]?.range;
    const errors = parsed.errors.map(({ code, range }) =>
      toDiagnostic(toRange(range), errorText(code), code),
    );
    const warnings = checked.findings.map(({ finding, range }) => {
      const severity =
        finding.severity === 'hint' ? vscode.DiagnosticSeverity.Hint : vscode.DiagnosticSeverity.Warning;
      const diagnostic = toDiagnostic(range, findingText(finding), finding.rule, severity);
      diagnostic.relatedInformation = finding.others.slice(0, maxRelated).flatMap((ref) => {
        const place = placeOf(ref, finding.field);
        if (place === undefined) return [];
        const location = new vscode.Location(document.uri, toRange(place));
        return [new vscode.DiagnosticRelatedInformation(location, vscode.l10n.t('The other contact'))];
      });
      return diagnostic;
    });
    const notes = parsed.blocks
      .flatMap((block) => draftNotes(block, draftOf))
      .map((note) =>
        toDiagnostic(
          toRange(note.line.range),
          noteText(note),
          note.kind,
          vscode.DiagnosticSeverity.Information,
        ),
      );
    const ends = saves ? parsed.blocks.flatMap((block) => saveProblems(block, saves)) : [];
    // VS Code limits the problems of a file. Hints come last, because no list shows them.
    const all = [...errors, ...ends, ...warnings, ...notes].sort((a, b) => a.severity - b.severity);
    this.#collection.set(document.uri, all.slice(0, maxContacts));
  }
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
