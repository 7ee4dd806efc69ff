/** Texts of other windows that this one replaced: announced in short, kept whole, and restored from here. */

import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { ResourceDocument } from '../api/http/document';
import { toLine } from '../base/text';
import { type DraftKey, keyText, type OtherText } from '../contacts/drafts/draft';
import type { DraftStore } from '../contacts/drafts/draftStore';
import type { InteractionValues } from '../contacts/drafts/interactionDraft';
import type { InteractionDraftStore } from '../contacts/drafts/interactionDraftStore';
import { valuesOf } from '../contacts/model/contact';
import { fieldLabels } from '../platform/text/labels';
import type { OtherTextState } from '../protocol/related';
import type { Editing } from './editing';

interface Host {
  readonly drafts: DraftStore;
  readonly interactionDrafts: InteractionDraftStore;
  copy(text: string): void;
}

/** Identifies a text to the page, which must not choose the content of the clipboard. */
const idOf = (parts: readonly (string | undefined)[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

const stateOf = (id: string, text: string, label: string): OtherTextState => ({
  id,
  message: vscode.l10n.t('Another window had “{0}” in {1}.', toLine(text), label),
});

const idOfText = ({ field, text }: OtherText) => idOf([field, text]);
const idOfNotes = (values: InteractionValues) => idOf(Object.entries(values).flat());

export const otherNotesState = (values: InteractionValues) =>
  stateOf(idOfNotes(values), values.notes ?? '', vscode.l10n.t('Notes'));

export class OtherTexts {
  readonly #host: Host;
  readonly #contact: DraftKey;
  readonly #editing: Editing;
  readonly #document: () => ResourceDocument | undefined;

  constructor(host: Host, contact: DraftKey, editing: Editing, document: () => ResourceDocument | undefined) {
    this.#host = host;
    this.#contact = contact;
    this.#editing = editing;
    this.#document = document;
  }

  /** The texts of the contact's fields. */
  get states(): readonly OtherTextState[] {
    return this.#host.drafts
      .lost(this.#contact)
      .map((other) => stateOf(idOfText(other), other.text, fieldLabels()[other.field]));
  }

  act(id: string, act: 'copy' | 'use' | 'drop'): void {
    const { drafts, interactionDrafts, copy } = this.#host;
    const document = this.#document();
    for (const other of drafts.lost(this.#contact).filter((one) => idOfText(one) === id)) {
      if (act === 'copy') copy(other.text);
      else if (act === 'drop') drafts.dropAside(this.#contact, other);
      else if (document) this.#editing.takeOther(other, valuesOf(document.resource)[other.field]);
    }
    for (const { key } of interactionDrafts
      .all()
      .filter((one) => keyText(one.key) === keyText(this.#contact)))
      for (const other of interactionDrafts.lost(key).filter((one) => idOfNotes(one) === id)) {
        if (act === 'copy') copy(other.notes ?? '');
        else if (act === 'drop') interactionDrafts.dropAside(key, other);
        else interactionDrafts.takeAside(key, other);
      }
  }
}
