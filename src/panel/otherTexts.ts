/** Texts of other windows that this one replaced: announced in short, kept whole, and restored from here. */

import type { ResourceDocument } from '../api/http/document';
import type { DraftStore } from '../contacts/drafts/draftStore';
import type { InteractionDraftStore } from '../contacts/drafts/interactionDraftStore';
import { valuesOf } from '../contacts/model/contact';
import { linked, nameOf } from '../contacts/model/related';
import { fieldLabels } from '../platform/text/labels';
import { type ContactKey, keyText } from '../protocol/contactKey';
import type { OtherTextState } from '../protocol/related';
import type { Editing } from './editing';
import type { Accounts } from './state/interactionField';
import { idOfText, idOfValues, otherTextState, wordsOf } from './state/otherTextState';

interface Host {
  readonly drafts: DraftStore;
  readonly interactionDrafts: InteractionDraftStore;
  copy(text: string): void;
}

export class OtherTexts {
  readonly #host: Host;
  readonly #contact: ContactKey;
  readonly #editing: Editing;
  readonly #document: () => ResourceDocument | undefined;

  constructor(
    host: Host,
    contact: ContactKey,
    editing: Editing,
    document: () => ResourceDocument | undefined,
  ) {
    this.#host = host;
    this.#contact = contact;
    this.#editing = editing;
    this.#document = document;
  }

  /** The texts of the contact's fields. */
  get states(): readonly OtherTextState[] {
    return this.#host.drafts
      .lost(this.#contact)
      .map((other) => otherTextState(idOfText(other), other.text, fieldLabels()[other.field]));
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
      for (const other of interactionDrafts
        .lost(key)
        .filter((one) => idOfValues(key.interactionId, one) === id)) {
        if (act === 'copy') copy(wordsOf(other, this.#accounts()));
        else if (act === 'drop') interactionDrafts.dropAside(key, other);
        else interactionDrafts.takeAside(key, other);
      }
  }

  #accounts(): Accounts {
    const { resource, included } = this.#document() ?? { included: [] };
    const links = resource ? (linked(resource, 'accounts') ?? []) : [];
    return links.map(({ id, type }) => {
      const account = included.find((one) => one.id === id && one.type === type);
      return { id, label: nameOf(account?.attributes ?? {}) ?? id };
    });
  }
}
