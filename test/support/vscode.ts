/**
 * The part of VS Code's API that state makers, rows and commands use, so that they can be tested without a window:
 * texts in English, plain objects, and questions that a test answers. Everything else is for the host tests.
 */

export const l10n = {
  /** English, as it stands in the source. */
  t: (text: string, ...args: readonly (string | number | boolean)[]) =>
    text.replaceAll(/\{(\d+)\}/g, (all, n: string) => String(args[Number(n)] ?? all)),
};

export const env = { language: 'en', appName: 'Visual Studio Code', uriScheme: 'vscode' };

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 } as const;
export const CodeActionKind = { QuickFix: { value: 'quickfix' } } as const;

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class TreeItem {
  constructor(
    readonly label: string,
    public collapsibleState: number = TreeItemCollapsibleState.None,
  ) {}
}

interface Parts {
  readonly scheme: string;
  readonly authority?: string;
  readonly path?: string;
  readonly query?: string;
  readonly fragment?: string;
}

export class Uri {
  private constructor(readonly parts: Required<Parts>) {}
  static from({ scheme, authority = '', path = '', query = '', fragment = '' }: Parts): Uri {
    return new Uri({ scheme, authority, path, query, fragment });
  }
  static joinPath({ parts }: Uri, ...names: readonly string[]): Uri {
    return new Uri({ ...parts, path: [parts.path, ...names].join('/') });
  }
  get scheme() {
    return this.parts.scheme;
  }
  get path() {
    return this.parts.path;
  }
  get fsPath() {
    return this.parts.path;
  }
  toString(): string {
    const { scheme, authority, path, query, fragment } = this.parts;
    const tail = `${query && `?${query}`}${fragment && `#${fragment}`}`;
    return `${scheme}:${authority && `//${authority}`}${path}${tail}`;
  }
}

interface Message {
  readonly text: string;
  readonly buttons: readonly string[];
  readonly modal: boolean;
}

type Kind = { readonly modal?: boolean; readonly detail?: string } | string | undefined;

/** The messages that were shown, and the answer to the next one: none closes it. */
export const person: { shown: Message[]; answer: string | undefined } = { shown: [], answer: undefined };

async function show(text: string, first?: Kind, ...buttons: readonly string[]): Promise<string | undefined> {
  const options = typeof first === 'string' ? {} : (first ?? {});
  const all = typeof first === 'string' ? [first, ...buttons] : buttons;
  person.shown.push({ text, buttons: all, modal: options.modal ?? false });
  return all.find((button) => button === person.answer);
}

export const ProgressLocation = { Notification: 15 } as const;
export const ViewColumn = { Active: -1 } as const;

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

/** A panel without a page. Like VS Code's, it throws after it was disposed. */
class WebviewPanel {
  readonly #disposed = new EventEmitter<void>();
  readonly #received = new EventEmitter<unknown>();
  #isDisposed = false;
  /** The messages to the page. */
  readonly posted: unknown[] = [];
  readonly onDidDispose = this.#disposed.event;
  readonly webview = {
    options: {},
    html: '',
    cspSource: 'https://webview.test',
    onDidReceiveMessage: this.#received.event,
    postMessage: async (message: unknown) => this.posted.push(message) > 0,
  };
  constructor(public title: string) {}
  get visible(): boolean {
    if (this.#isDisposed) throw new Error('Webview is disposed');
    return true;
  }
  reveal(): void {}
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#disposed.fire();
  }
  /** Sends a message as the page does. */
  say(message: unknown): void {
    this.#received.fire(message);
  }
}

class QuickPick {
  readonly #accepted = new EventEmitter<void>();
  readonly #hidden = new EventEmitter<void>();
  value = '';
  items: readonly unknown[] = [];
  activeItems: readonly unknown[] = [];
  selectedItems: readonly unknown[] = [];
  readonly onDidChangeValue = new EventEmitter<string>().event;
  buttons: readonly unknown[] = [];
  readonly onDidTriggerButton = new EventEmitter<unknown>().event;
  readonly #triggered = new EventEmitter<unknown>();
  readonly onDidTriggerItemButton = this.#triggered.event;
  readonly onDidAccept = this.#accepted.event;
  readonly onDidHide = this.#hidden.event;
  show(): void {}
  hide(): void {
    this.#hidden.fire();
  }
  dispose(): void {}
  choose(item: number): void {
    this.selectedItems = this.items.slice(item, item + 1);
    this.#accepted.fire();
  }
  /** Presses the first button of an item. */
  press(item: number): void {
    this.#triggered.fire({ item: this.items[item] });
  }
}

/** An input box. */
export class InputBox {
  readonly #accepted = new EventEmitter<void>();
  readonly #hidden = new EventEmitter<void>();
  readonly #changed = new EventEmitter<string>();
  readonly #triggered = new EventEmitter<unknown>();
  title = '';
  prompt = '';
  placeholder = '';
  value = '';
  password = false;
  busy = false;
  buttons: readonly unknown[] = [];
  validationMessage: unknown;
  readonly onDidAccept = this.#accepted.event;
  readonly onDidHide = this.#hidden.event;
  readonly onDidChangeValue = this.#changed.event;
  readonly onDidTriggerButton = this.#triggered.event;
  show(): void {}
  hide(): void {
    this.#hidden.fire();
  }
  dispose(): void {}
  type(text: string): void {
    this.value = text;
    this.#changed.fire(text);
  }
  enter(text: string): void {
    this.type(text);
    this.#accepted.fire();
  }
}

export const QuickPickItemKind = { Separator: -1, Default: 0 } as const;
export const QuickInputButtons = { Back: {} } as const;
export const InputBoxValidationSeverity = { Info: 1, Warning: 2, Error: 3 } as const;
export const Disposable = {
  from: (...all: readonly { dispose(): void }[]) => ({
    dispose: () => {
      for (const one of all) one.dispose();
    },
  }),
};

/** The panels and lists that were opened, the last one last. */
export const opened: {
  readonly panels: WebviewPanel[];
  readonly lists: QuickPick[];
  readonly boxes: InputBox[];
} = {
  panels: [],
  lists: [],
  boxes: [],
};

function openIn<T>(all: T[], one: T): T {
  all.push(one);
  return one;
}

type Task = (progress: { report(): void }, token: { onCancellationRequested(): void }) => Promise<unknown>;

export class Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
    this.start = { line: startLine, character: startCharacter };
    this.end = { line: endLine, character: endCharacter };
  }
}

/** Replacements in texts. */
export class WorkspaceEdit {
  readonly replacements: { readonly uri: Uri; readonly range: Range; readonly text: string }[] = [];
  replace(uri: Uri, range: Range, text: string): void {
    this.replacements.push({ uri, range, text });
  }
}

export const FileType = { File: 1 } as const;

export class FileSystemError extends Error {
  static FileNotFound = (uri: Uri) => new FileSystemError(`not found: ${uri}`);
  static Unavailable = (text: string) => new FileSystemError(text);
}

export class TabInputText {
  constructor(readonly uri: Uri) {}
}

export class TabInputTextDiff {
  constructor(
    readonly original: Uri,
    readonly modified: Uri,
  ) {}
}

/** The texts of the window that asks: see `textEditors.ts`. */
interface Texts {
  readonly events: Readonly<
    Record<'opened' | 'changed' | 'saved' | 'closed' | 'tabs', Pick<EventEmitter<unknown>, 'event'>>
  >;
  readonly documents: readonly unknown[];
  readonly tabs: readonly unknown[];
  open(uri: Uri): Promise<void>;
  apply(edit: WorkspaceEdit): Promise<boolean>;
}

const noEvent = new EventEmitter<unknown>();
const noTexts: Texts = {
  events: { opened: noEvent, changed: noEvent, saved: noEvent, closed: noEvent, tabs: noEvent },
  documents: [],
  tabs: [],
  open: async () => undefined,
  apply: async () => false,
};
/** The texts in editors: none, unless a test has windows. */
export const editors: { now(): Texts } = { now: () => noTexts };
const subscribe = (name: keyof Texts['events']) => (listener: (value: unknown) => void) =>
  editors.now().events[name].event(listener);

export const window = {
  tabGroups: {
    get all() {
      return [{ tabs: editors.now().tabs }];
    },
    onDidChangeTabs: subscribe('tabs'),
  },
  visibleTextEditors: [],
  showInformationMessage: show,
  showWarningMessage: show,
  showErrorMessage: show,
  createWebviewPanel: (_type: string, title: string) => openIn(opened.panels, new WebviewPanel(title)),
  createInputBox: () => openIn(opened.boxes, new InputBox()),
  createQuickPick: () => openIn(opened.lists, new QuickPick()),
  withProgress: (_: unknown, task: Task) =>
    task({ report: () => undefined }, { onCancellationRequested: () => undefined }),
};

export const ConfigurationTarget = { Global: 1 } as const;

/** The user settings below `ctrlHub`. `refuse` makes a write fail, as an invalid settings file does. */
export const settings = {
  values: new Map<string, unknown>(),
  refuse: (_name: string): boolean => false,
};

export const workspace = {
  getConfiguration: () => ({
    get: (name: string) => settings.values.get(name),
    inspect: (name: string) => ({ globalValue: settings.values.get(name) }),
    update: async (name: string, value: unknown) => {
      if (settings.refuse(name)) throw new Error('Unable to write into user settings.');
      if (value === undefined) settings.values.delete(name);
      else settings.values.set(name, value);
    },
  }),
  registerTextDocumentContentProvider: () => ({ dispose: () => undefined }),
  get textDocuments() {
    return editors.now().documents;
  },
  onDidOpenTextDocument: subscribe('opened'),
  onDidChangeTextDocument: subscribe('changed'),
  onDidSaveTextDocument: subscribe('saved'),
  onDidCloseTextDocument: subscribe('closed'),
  applyEdit: (edit: WorkspaceEdit) => editors.now().apply(edit),
};

/** The context keys that were set. */
export const contextKeys = new Map<string, unknown>();

export const commands = {
  executeCommand: async (id: string, key: string | Uri, value: unknown) => {
    if (key instanceof Uri) {
      if (id === 'vscode.open') await editors.now().open(key);
    } else if (id === 'setContext') contextKeys.set(key, value);
  },
};

export class LanguageModelTextPart {
  constructor(readonly value: string) {}
}

export class LanguageModelToolResult {
  constructor(readonly content: readonly LanguageModelTextPart[]) {}
}

export class CancellationError extends Error {
  override readonly name = 'Canceled';
}
