/** Stores the marks of the values that the user accepted as they are. */
import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { ContactRef } from '../../api/contacts';
import { parseWith } from '../../base/parseWith';
import type { FieldName } from '../../protocol/fields';
import { acceptedMark } from '../checks/accepted';
import type { RuleId } from '../checks/finding';

const stateKey = 'ctrlHub.acceptedValues';
const marks = z.lazy(() => z.array(z.string()));
/** The greatest number of marks. The oldest are dropped first. */
const maxMarks = 10_000;

interface Accepted {
  readonly rule: RuleId;
  readonly ref: ContactRef;
  readonly field: FieldName;
  readonly value: string;
}

export class AcceptedValues {
  readonly #memento: vscode.Memento;
  readonly #key: string;
  #marks: Set<string> | undefined;

  /** @param key the random key of this installation, stored apart from the marks */
  constructor(memento: vscode.Memento, key: string) {
    this.#memento = memento;
    this.#key = key;
  }

  has(origin: string, rule: RuleId, ref: ContactRef, field: FieldName, value: string): boolean {
    const all = this.#all();
    return all.size > 0 && all.has(acceptedMark(this.#key, origin, rule, ref, field, value));
  }

  async add(origin: string, accepted: readonly Accepted[]): Promise<void> {
    // Another window may have added marks.
    this.#marks = undefined;
    const all = this.#all();
    for (const { rule, ref, field, value } of accepted)
      all.add(acceptedMark(this.#key, origin, rule, ref, field, value));
    await this.#memento.update(stateKey, [...all].slice(-maxMarks));
  }

  #all(): Set<string> {
    this.#marks ??= new Set(parseWith(marks, this.#memento.get<unknown>(stateKey)) ?? []);
    return this.#marks;
  }
}
