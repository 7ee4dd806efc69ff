/**
 * The editors of texts in several windows, as far as VS Code's behaviour is known from its source: when it reads a file
 * again, when it takes a text for saved, and what its events tell the extension.
 */
import assert from 'node:assert/strict';
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import * as vscode from 'vscode';
import type { Clock } from '../../../src/base/clock';
import type { ContactDocuments } from '../../../src/changes/document/contactDocuments';
import { EventEmitter, editors, type Uri, type WorkspaceEdit } from '../vscode';

type Files = Pick<ContactDocuments, 'stat' | 'readFile' | 'writeFile'>;

/** A document in one window's editor. */
export class TextEditor {
  readonly uri: vscode.Uri;
  readonly #editors: TextEditors;
  readonly document: vscode.TextDocument;
  /** The versions of the text that Undo and Redo go through. */
  #history: string[];
  #at = 0;
  #savedAt: number;
  #version = 1;
  #mtime = 0;
  #size = 0;
  #isSaving = false;
  #isRestored: boolean;
  /** What the extension is told: `false` also if the user has typed since VS Code took the text to save. */
  #toldDirty: boolean;

  constructor(editors: TextEditors, uri: vscode.Uri, text: string, isRestored = false) {
    this.uri = uri;
    this.#editors = editors;
    this.#history = [text];
    this.#savedAt = isRestored ? -1 : 0;
    this.#toldDirty = isRestored;
    this.#isRestored = isRestored;
    this.document = Object.assign({} as vscode.TextDocument, {
      uri,
      isClosed: false,
      getText: () => this.text,
      save: () => this.save(),
    });
    Object.defineProperties(this.document, {
      isDirty: { get: () => this.#toldDirty },
      version: { get: () => this.#version },
    });
  }

  get text(): string {
    return this.#history[this.#at] ?? '';
  }

  /** True for a text that was restored with unsaved changes, until it is saved. */
  get isRestored(): boolean {
    return this.#isRestored;
  }

  get isDirty(): boolean {
    return this.#at !== this.#savedAt;
  }

  get canUndo(): boolean {
    return this.#at > 0;
  }

  get canRedo(): boolean {
    return this.#at < this.#history.length - 1;
  }

  /** Replaces the text, by a person, a program or a new reading of the file. */
  change(text: string, isReading = false): void {
    if (text !== this.text) {
      if (this.#savedAt > this.#at) this.#savedAt = -1;
      this.#history = [...this.#history.slice(0, this.#at + 1), text];
      this.#at++;
      this.#version++;
    }
    if (isReading) this.#savedAt = this.#at;
    this.#tell();
  }

  /** Undo: -1, or Redo: 1. */
  step(by: -1 | 1): void {
    this.#at += by;
    this.#version++;
    this.#tell();
  }

  /** VS Code reads a changed file again, unless the text has unsaved changes by then. */
  async reload(files: Files): Promise<void> {
    if (this.isDirty || this.#isSaving) return;
    const version = this.#version;
    const { mtime, size } = await files.stat(this.uri);
    if (mtime === this.#mtime) return;
    const bytes = await files.readFile(this.uri);
    if (this.#version !== version || this.#isSaving || !this.#editors.has(this)) return;
    [this.#mtime, this.#size] = [mtime, size];
    this.change(Buffer.from(bytes).toString(), true);
  }

  /** Takes over the time of the file that it was opened with. */
  async opened(files: Files): Promise<void> {
    const { mtime, size } = await files.stat(this.uri);
    [this.#mtime, this.#size] = [mtime, size];
  }

  async save(): Promise<boolean> {
    const files = this.#editors.files;
    if (!this.isDirty || this.#isSaving || !this.#editors.has(this)) return !this.isDirty;
    this.#isSaving = true;
    const [text, at, version] = [this.text, this.#at, this.#version];
    try {
      const { mtime, size } = await files.stat(this.uri);
      if (!this.#editors.has(this)) return false;
      // VS Code refuses to save over a newer file of another size.
      const isNewer = this.#mtime > 0 && mtime > this.#mtime && size !== this.#size;
      assert.ok(!isNewer, 'the text cannot be saved: the file is newer');
      await files.writeFile(this.uri, Buffer.from(text));
      const after = await files.stat(this.uri);
      [this.#mtime, this.#size] = [after.mtime, after.size];
      if (!this.#editors.has(this)) return false;
      this.#isRestored = false;
      if (this.#version === version) this.#savedAt = at;
      this.#toldDirty = false;
      this.#editors.events.saved.fire(this.document);
      this.#editors.events.changed.fire({ document: this.document, contentChanges: [] });
      return true;
    } finally {
      this.#isSaving = false;
    }
  }

  #tell(): void {
    this.#toldDirty = this.isDirty;
    const all = { rangeOffset: 0, rangeLength: 0, text: '' };
    this.#editors.events.changed.fire({ document: this.document, contentChanges: [all] });
  }
}

/** The window whose code is running. */
const running = new AsyncLocalStorage<TextEditors>();

/** The editors of one window. */
export class TextEditors {
  readonly events = {
    opened: new EventEmitter<unknown>(),
    changed: new EventEmitter<unknown>(),
    saved: new EventEmitter<unknown>(),
    closed: new EventEmitter<unknown>(),
    tabs: new EventEmitter<unknown>(),
  };
  /** The clock of this window. */
  readonly clock: Clock;
  readonly #all = new Map<string, TextEditor>();
  #files: Files | undefined;
  /** Milliseconds until VS Code reads a changed file again, and until it replaces lines. */
  delay = 0;

  constructor(clock: Clock) {
    const after: Clock['after'] = (ms, callback) => clock.after(ms, AsyncResource.bind(callback));
    this.clock = { now: () => clock.now(), monotonic: () => clock.monotonic(), after };
  }

  /** Runs the code of this window, also what it starts. */
  inside<T>(work: () => T): T {
    editors.now = () => running.getStore() ?? assert.fail('no window');
    return running.run(this, work);
  }

  get documents() {
    return this.all.map(({ document }) => document);
  }

  get tabs() {
    return this.all.map(({ uri }) => ({ input: new vscode.TabInputText(uri) }));
  }

  start(files: Files): void {
    this.#files = files;
  }

  get files(): Files {
    return this.#files ?? assert.fail('the window has not started');
  }

  get all(): readonly TextEditor[] {
    return [...this.#all.values()];
  }

  has(editor: TextEditor): boolean {
    return this.#all.get(editor.uri.toString()) === editor;
  }

  at(uri: vscode.Uri): TextEditor | undefined {
    return this.#all.get(uri.toString());
  }

  async open(uri: Uri): Promise<void> {
    await this.show(uri as never);
  }

  /** @param restored the text of a document with unsaved changes, for which VS Code reads no file */
  async show(uri: vscode.Uri, restored?: string): Promise<TextEditor> {
    const there = this.at(uri);
    if (there) return there;
    const { files } = this;
    const text = restored ?? Buffer.from(await files.readFile(uri)).toString();
    const editor = new TextEditor(this, uri, text, restored !== undefined);
    this.#all.set(uri.toString(), editor);
    if (restored === undefined) await editor.opened(files);
    this.events.opened.fire(editor.document);
    return editor;
  }

  /** The window is gone, and nobody is told. */
  clear(): void {
    this.#all.clear();
    for (const event of Object.values(this.events)) event.dispose();
  }

  close(editor: TextEditor): void {
    this.#all.delete(editor.uri.toString());
    const tab = { input: new vscode.TabInputText(editor.uri) };
    this.events.tabs.fire({ closed: [tab] });
    this.events.closed.fire(editor.document);
  }

  /** VS Code hears of a changed file, and reads it a moment later. */
  changed(uris: readonly vscode.Uri[]): void {
    for (const uri of uris)
      this.clock.after(this.delay, () => {
        const editor = this.at(uri);
        if (editor) void editor.reload(this.files);
      });
  }

  async apply({ replacements }: WorkspaceEdit): Promise<boolean> {
    const [first] = replacements;
    const editor = this.all.find(({ uri }) => uri.toString() === first?.uri.toString());
    const version = editor?.document.version;
    await new Promise<void>((resolve) => this.clock.after(this.delay, resolve));
    // The person may have typed since.
    if (editor === undefined || !this.has(editor) || editor.document.version !== version) return false;
    editor.change(replaced(editor.text, replacements));
    return true;
  }
}

/** Replaces ranges of single lines in a text. */
function replaced(text: string, replacements: WorkspaceEdit['replacements']): string {
  const parts = text.split(/(\r\n?|\n)/);
  const fromTheEnd = [...replacements].sort(
    (a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character,
  );
  for (const { range, text: value } of fromTheEnd) {
    const line = parts[range.start.line * 2] ?? '';
    parts[range.start.line * 2] =
      line.slice(0, range.start.character) + value + line.slice(range.end.character);
  }
  return parts.join('');
}
