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
import { type NotedText, type PlacedFinding, toDiagnostics, toRange } from './diagnostics';

export interface CheckedText extends NotedText {
  readonly isAccepted: (rule: RuleId, ref: ContactRef, field: Finding['field'], value: string) => boolean;
  /** The other known contacts of the organisations. */
  readonly others: Iterable<CheckedContact>;
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
    const { parsed, isAccepted, others } = text;
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
    this.#collection.set(document.uri, toDiagnostics(document.uri, text, checked.findings));
  }
}
