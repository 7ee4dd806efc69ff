/** A window with texts of contacts: its stores, and what a person does there. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ContactRef } from '../../../src/api/contacts';
import { applyPlan } from '../../../src/changes/apply/apply';
import { senderOf } from '../../../src/changes/apply/sender';
import { makePlan } from '../../../src/changes/plan/makePlan';
import { planSources, readContacts } from '../../../src/changes/review/readContacts';
import { parseContacts } from '../../../src/changes/text/parse';
import { leftAlone } from '../../../src/changes/text/removedLines';
import type { Draft } from '../../../src/contacts/drafts/draft';
import { fieldNames, keyOf, type Values, valuesOf } from '../../../src/contacts/model/contact';
import { PatientReads } from '../../../src/contacts/saving/patientReads';
import { typeInto } from '../../../src/contacts/saving/typeInto';
import type { FieldName } from '../../../src/protocol/fields';
import { silentLog } from '../silentLog';
import { type TextEditor, TextEditors } from './textEditors';
import { ByPlace, type Place, placeKey } from './textLedger';
import { startStores } from './textStores';
import { origin, type World } from './textWorld';

/** A line that was typed and not saved. */
interface Unsaved extends Place {
  readonly value: string;
  /** True if somebody typed the value in Ctrl Hub. */
  readonly endsEdit: boolean;
  isOwed: boolean;
}

export class TextWindow {
  readonly name: string;
  readonly world: World;
  readonly editors: TextEditors;
  #stores: ReturnType<typeof startStores> | undefined;
  /** The last value on the screen of each line in an editor, from when its block could be read. */
  readonly #screens = new Map<string, Map<string, string>>();
  /** The values that this window has shown. */
  readonly #seen = new ByPlace<string>();
  /** The lines that were typed since the last save, by editor. */
  readonly #unsaved = new Map<string, Map<string, Unsaved>>();

  constructor(world: World, name: string) {
    this.world = world;
    this.name = name;
    this.editors = new TextEditors(world.clock);
    world.windows.push(this);
  }

  get stores() {
    return this.#stores ?? assert.fail('closed');
  }

  get isOpen() {
    return this.#stores !== undefined;
  }

  get documents() {
    return this.stores.documents;
  }

  /** Starts the extension in this window. */
  start(delayOf: () => number) {
    return this.editors.inside(() => {
      const stores = startStores(this.name, this.world, this.editors, delayOf);
      this.editors.start(stores.documents);
      for (const event of [this.editors.events.opened, this.editors.events.changed])
        event.event(() => this.#look(false));
      stores.drafts.onDidChange((key) => this.#owe(key));
      this.#stores = stores;
      return stores;
    });
  }

  /** @param isCrash true if nothing is written any more */
  async stop(isCrash: boolean): Promise<void> {
    const { documents, drafts, data, life, draftFiles, noteFiles } = this.stores;
    if (!isCrash) {
      await this.run(() => documents.flush());
      await this.run(() => drafts.flush());
    }
    life.isKilled = true;
    for (const one of [documents, drafts, data, draftFiles, noteFiles]) one.dispose();
    this.#stores = undefined;
  }

  /** Does something in this window, and waits until it is over. */
  run<T>(work: (window: this) => Promise<T>): Promise<T> {
    return this.world.clock.runUntil(this.editors.inside(() => work(this)));
  }

  key = (ref: ContactRef) => ({ origin, ...ref });
  draft = (ref: ContactRef): Draft | undefined => this.#stores?.drafts.get(this.key(ref));

  async read(ref: ContactRef): Promise<void> {
    await this.stores.current.contacts.load(ref);
  }

  known(ref: ContactRef): Values | undefined {
    const resource = this.stores.current.contacts.summary(ref);
    return resource && valuesOf(resource);
  }

  /** VS Code keeps the text of a document with unsaved changes, and reads the others again. */
  async restart(isCrash: boolean, delayOf: () => number): Promise<void> {
    await this.stop(isCrash);
    const restored = this.editors.all.map(
      ({ uri, isDirty, text }) => [uri, isDirty ? text : undefined] as const,
    );
    this.editors.clear();
    const { drafts } = this.start(delayOf);
    await this.run(() => drafts.ready());
    for (const [uri, text] of restored) await this.run(() => this.showAt(uri, text).catch(() => undefined));
  }

  async openText(): Promise<void> {
    const { world } = this;
    await Promise.all(world.refs.map((ref) => this.read(ref)));
    const contacts = world.refs.map((ref) => ({
      ref,
      title: 'Somebody',
      values: this.known(ref) ?? assert.fail(),
      edits: this.draft(ref)?.edits ?? {},
    }));
    await this.documents.open(origin, contacts, 'Contacts');
  }

  /** Shows a text, also one of the other window. */
  async show(id: string, restored?: string): Promise<TextEditor> {
    const uri = vscode.Uri.from({ scheme: 'ctrlhub-contacts', path: `/${id}/Contacts.ctrlhub-contacts` });
    return this.showAt(uri, restored);
  }

  async showAt(uri: vscode.Uri, restored?: string): Promise<TextEditor> {
    const editor = await this.editors.show(uri, restored);
    this.#look(false);
    return editor;
  }

  // What a person does in an editor.

  edit(editor: TextEditor, text: string): void {
    this.#look(false);
    const before = editor.text;
    this.#acting = editor;
    editor.change(text);
    this.#acting = undefined;
    if (before !== text) this.#look(true, editor);
  }

  /** Changes a text without typing a value. */
  damage(editor: TextEditor, text: string): void {
    this.#look(false);
    editor.change(text);
    this.#look(false);
  }

  step(editor: TextEditor, by: -1 | 1): void {
    this.#look(false);
    this.#acting = editor;
    editor.step(by);
    this.#acting = undefined;
    this.#look(true, editor);
  }

  #acting: TextEditor | undefined;

  async save(editor: TextEditor): Promise<void> {
    const { text } = editor;
    if (await editor.save()) this.#saved(editor, text);
  }

  close(editor: TextEditor): void {
    this.#screens.delete(editor.uri.toString());
    this.#unsaved.delete(editor.uri.toString());
    this.editors.close(editor);
  }

  /** Notes a draft, which must be found again. */
  #owe({ organisationId, contactId }: ContactRef): void {
    const ref = { organisationId, contactId };
    const edits = this.draft(ref)?.edits ?? {};
    for (const unsaved of this.#unsaved.values())
      for (const typed of unsaved.values())
        if (keyOf(typed.ref) === keyOf(ref) && edits[typed.field] === typed.value && !typed.isOwed) {
          typed.isOwed = true;
          this.world.ledger.owe(typed, typed.value);
        }
  }

  /** Checks that a text that was saved has become drafts. */
  #saved(editor: TextEditor, text: string): void {
    const unsaved = this.#unsaved.get(editor.uri.toString());
    const sound = this.#soundValues(editor, text);
    for (const [place, typed] of unsaved ?? []) {
      if (sound.get(place)?.value !== typed.value) continue;
      unsaved?.delete(place);
      const now = [this.draft(typed.ref)?.edits[typed.field], this.known(typed.ref)?.[typed.field]];
      if (typed.value !== '' && !typed.isOwed && !typed.endsEdit && !now.includes(typed.value))
        this.world.broken.push(`saved, and no draft: ${typed.field} ${JSON.stringify(typed.value)}`);
    }
  }

  #soundValues(editor: TextEditor, text: string) {
    const parsed =
      this.documents.contactsOf(editor.document)?.read(text) ?? parseContacts(text, this.world.refs);
    return new Map(
      parsed.blocks.flatMap(({ ref, isSound, fields }) =>
        ref && isSound
          ? Object.values(fields).map(({ field, value }) => {
              const place = { ref, field, value };
              return [placeKey(place), place] as const;
            })
          : [],
      ),
    );
  }

  /** Notes what is on the screen. @param isTyped true if a person changed it in `acted` */
  #look(isTyped: boolean, acted?: TextEditor): void {
    for (const editor of this.editors.all) {
      if (editor === this.#acting) continue;
      const key = editor.uri.toString();
      const screen = this.#screens.get(key) ?? new Map<string, string>();
      this.#screens.set(key, screen);
      for (const [place, { ref, field, value }] of this.#soundValues(editor, editor.text)) {
        const before = screen.get(place);
        const own = { ref, field };
        if (isTyped && editor === acted && before !== undefined && before !== value) {
          const draft = this.draft(ref);
          const base = draft?.base[field];
          const endsEdit = this.#seen.of(own).has(value) || base?.trim() === value.trim();
          this.world.ledger.type(own, value, [...this.#seen.of(own), ...(base === undefined ? [] : [base])]);
          this.world.ledger.owed.of(own).delete(before.trim());
          const unsaved = this.#unsaved.get(key) ?? new Map();
          this.#unsaved.set(key, unsaved.set(place, { ...own, value, endsEdit, isOwed: false }));
        }
        screen.set(place, value);
        this.#seen.of(own).add(value);
      }
    }
  }

  // What a person does elsewhere.

  typeInPanel(ref: ContactRef, field: FieldName, value: string): void {
    const { drafts, current } = this.stores;
    const known = this.known(ref);
    if (known === undefined) return;
    const { ledger } = this.world;
    const before = this.draft(ref);
    const base = before?.base[field];
    const place = { ref, field };
    this.#seen.of(place).add(known[field]);
    ledger.type(place, value, [...this.#seen.of(place), ...(base === undefined ? [] : [base])]);
    const old = before?.edits[field];
    if (old !== undefined) ledger.owed.of(place).delete(old.trim());
    typeInto(drafts, current.saves, this.key(ref), { field, value, base: known[field] }, '', '');
    if (![base, known[field]].includes(value)) ledger.owe(place, value);
  }

  async saveInPanel(ref: ContactRef): Promise<void> {
    this.world.sends++;
    await this.stores.current.saves.save(ref).finally(() => this.world.sends--);
  }

  discard(ref: ContactRef): void {
    const { drafts, current } = this.stores;
    const draft = this.draft(ref);
    if (draft === undefined || current.saves.state(ref).kind === 'saving') return;
    for (const field of fieldNames) {
      const owed = this.world.ledger.owed.of({ ref, field });
      const gone = [draft.edits[field], ...(draft.others ?? []).map(({ text }) => text)];
      for (const text of gone) if (text !== undefined) owed.delete(text.trim());
    }
    drafts.discard(this.key(ref));
    current.saves.edited(ref);
  }

  /** Review and Apply. @returns true if it was not stopped by a line in error */
  async apply(): Promise<boolean> {
    const { documents, drafts, current, journal } = this.stores;
    const before = this.editors.all.map((editor) => [editor, editor.text, editor.isDirty] as const);
    if (!(await documents.settle())) {
      for (const [editor, text, isDirty] of before) if (isDirty && !editor.isDirty) this.#saved(editor, text);
      return false;
    }
    for (const [editor, text, isDirty] of before) if (isDirty) this.#saved(editor, text);
    const refs = drafts.edited(origin).map(({ key }) => key);
    const { signal } = new AbortController();
    const runtime = { clock: this.world.clock, log: silentLog };
    const readings = await readContacts(
      current,
      refs,
      new PatientReads({ clock: this.world.clock, signal }),
      () => undefined,
    );
    const removed = documents.removedLines(origin);
    const batches = await journal.batches(origin);
    const sources = planSources(current, drafts, refs, readings, batches, (ref, edits) => {
      const left = leftAlone(removed.get(keyOf(ref)), edits);
      return fieldNames.filter((field) => !left.includes(field));
    });
    const sender = senderOf(current, drafts);
    this.world.sends++;
    try {
      const plan = makePlan(origin, sources);
      const result = await applyPlan(
        plan,
        { sender, awaitSession: async () => sender, journal, runtime, source: 'text' },
        signal,
      );
      await result.finished;
    } finally {
      this.world.sends--;
    }
    return true;
  }

  /** No value becomes a draft that nobody typed. */
  checkDrafts(): void {
    if (this.#stores === undefined) return;
    for (const ref of this.world.refs) {
      const draft = this.draft(ref);
      const others = (draft?.others ?? []).map(({ field, text }) => [field, text] as const);
      for (const [field, value] of [...Object.entries(draft?.edits ?? {}), ...others])
        if (!this.world.ledger.typed.of({ ref, field: field as FieldName }).has(value.trim()))
          this.world.broken.push(
            `${this.name}: a draft that nobody typed: ${field} ${JSON.stringify(value)}`,
          );
    }
  }

  /** The screen shows what the drafts and the contacts have, but for what is being typed. */
  checkScreens(): void {
    for (const editor of this.editors.all) {
      // The other window may have stored what it shows in the same file, before this one was restored.
      if (editor.isRestored) continue;
      const unsaved = this.#unsaved.get(editor.uri.toString());
      const text = this.documents.contactsOf(editor.document)?.text;
      const stored = text === undefined ? undefined : this.#soundValues(editor, text);
      for (const [place, { ref, field, value }] of this.#soundValues(editor, editor.text)) {
        if (editor.isDirty && (unsaved?.has(place) || !stored?.has(place))) continue;
        const known = this.known(ref);
        if (known === undefined) continue;
        const wanted = this.draft(ref)?.edits[field] ?? known[field];
        if (wanted !== value)
          this.world.broken.push(
            `${this.name}${editor.isDirty ? ' (unsaved)' : ''} shows ${field} ${JSON.stringify(value)} instead of ${JSON.stringify(wanted)}`,
          );
      }
    }
  }
}
