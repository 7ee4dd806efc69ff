/**
 * Tests the layers of `src`: a table lists the folders that each folder may import, types included. Every
 * other import fails, including upward imports and cycles. Add a new folder to the table first.
 */
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';

/** `vscode` allows a folder to import VS Code's API. */
interface Layer {
  readonly vscode?: true;
  readonly imports: readonly string[];
}

const layer = (...imports: readonly string[]): Layer => ({ imports });
const inVsCode = (...imports: readonly string[]): Layer => ({ vscode: true, imports });

const api = ['api', 'api/http'];
const known = ['contacts/model', 'contacts/lists', 'contacts/drafts', 'contacts/related'];
const records = [...known, 'contacts/saving', 'contacts/saving/interactions'];
const contacts = [...records, 'contacts'];
const texts = ['platform', 'platform/text', 'platform/dialogs'];
const ground = ['base', 'protocol', 'manifest'];

/** The layers from the ground up: each folder imports only from those above it in this table. */
const layers: Readonly<Record<string, Layer>> = {
  base: layer(),
  protocol: layer(),
  manifest: layer(),
  telephones: layer('base'),
  'sandbox/data': layer(),
  sandbox: layer('sandbox/data'),
  'webview/shared': layer(),
  'webview/page': layer('protocol', 'base'),
  'webview/parts': layer('webview/page', 'webview/shared', 'protocol', 'base'),
  'webview/form': layer('webview/parts', 'webview/page', 'webview/shared', 'protocol', 'base'),
  'webview/related': layer('webview/parts', 'webview/page', 'webview/shared', 'protocol', 'base'),
  webview: layer(
    'webview/form',
    'webview/related',
    'webview/parts',
    'webview/page',
    'webview/shared',
    'protocol',
    'base',
  ),
  'webview/review': layer('webview/shared', 'protocol'),
  'api/http': layer('base'),
  api: layer('api/http', 'base'),
  session: layer(...api, 'base'),
  'contacts/model': layer(...api, 'base', 'protocol'),
  'contacts/lists/pages': layer('contacts/model', ...api, 'base'),
  'contacts/lists': layer('contacts/lists/pages', 'contacts/model', ...api, 'base', 'protocol'),
  'contacts/drafts': layer('contacts/model', ...api, 'base', 'protocol'),
  'contacts/related': layer('contacts/model', ...api, 'base', 'protocol'),
  'contacts/saving': layer(...known, ...api, 'base', 'protocol'),
  'contacts/saving/interactions': layer('contacts/saving', ...known, ...api, 'base', 'protocol'),
  contacts: layer(...records, 'session', ...api, 'base', 'protocol'),
  exports: layer('contacts/model', ...api, 'base', 'protocol'),
  'platform/text': inVsCode(...records, 'telephones', 'session', ...api, ...ground),
  platform: inVsCode('platform/text', 'session', ...api, ...ground),
  'platform/pages': inVsCode(),
  'platform/dialogs': inVsCode('platform/text', 'platform', ...ground),
  'platform/storage': inVsCode('platform/text', 'platform', ...contacts, 'session', ...api, ...ground),
  changes: layer(...api),
  'changes/text': layer('contacts/model', ...api, 'base', 'protocol'),
  'changes/checks': layer('changes/text', 'contacts/model', ...api, 'base', 'protocol'),
  'changes/plan': layer('changes/text', ...records, ...api, 'base', 'protocol'),
  'changes/apply': layer('changes/plan', 'platform/storage', ...contacts, ...api, 'base', 'protocol'),
  'changes/undo': layer('changes/apply', 'changes/plan', ...records, ...api, 'protocol'),
  'changes/file': layer('contacts/model', ...api, 'base', 'protocol'),
  tree: inVsCode(...texts, ...contacts, 'session', ...api, ...ground),
  'panel/state': inVsCode(...texts, ...contacts, 'session', ...api, ...ground),
  panel: inVsCode('panel/state', 'platform/pages', ...texts, ...contacts, 'session', ...api, ...ground),
  contributions: inVsCode(
    'panel',
    'tree',
    ...texts,
    'platform/storage',
    ...contacts,
    'session',
    ...api,
    ...ground,
  ),
  'changes/problems': inVsCode(
    'changes',
    'changes/text',
    'changes/checks',
    'telephones',
    ...texts,
    ...contacts,
    ...api,
    ...ground,
  ),
  'changes/document': inVsCode(
    'changes',
    'changes/text',
    'changes/checks',
    'changes/problems',
    ...texts,
    'platform/storage',
    ...contacts,
    'session',
    ...api,
    ...ground,
  ),
  'commands/common': inVsCode(
    'changes/document',
    'contributions',
    'panel',
    'panel/state',
    'tree',
    ...texts,
    'platform/storage',
    ...contacts,
    'session',
    ...api,
    ...ground,
  ),
  'commands/signIn': inVsCode('commands/common', ...texts, 'session', ...api, ...ground),
  'commands/list': inVsCode('commands/common', ...texts, ...contacts, ...api, ...ground),
  'commands/contact': inVsCode(
    'commands/common',
    'contributions',
    'panel',
    'panel/state',
    ...texts,
    ...contacts,
    ...api,
    ...ground,
  ),
  'commands/share': inVsCode(
    'commands/common',
    'exports',
    ...texts,
    'platform/storage',
    ...contacts,
    ...api,
    ...ground,
  ),
  'changes/fromFile': inVsCode(
    'commands/common',
    'changes/file',
    ...texts,
    ...contacts,
    ...api,
    'base',
    'protocol',
  ),
  'changes/review': inVsCode(
    'commands/common',
    'changes',
    'changes/text',
    'changes/plan',
    'changes/apply',
    'changes/undo',
    'changes/file',
    'platform/pages',
    'exports',
    ...texts,
    'platform/storage',
    ...contacts,
    'session',
    ...api,
    ...ground,
  ),
  'changes/ui': inVsCode(
    'commands/common',
    'changes',
    'changes/checks',
    'changes/problems',
    'changes/document',
    'changes/file',
    'changes/fromFile',
    'changes/review',
    ...texts,
    ...contacts,
    ...api,
    ...ground,
  ),
  assistants: inVsCode(
    'changes',
    'changes/checks',
    'changes/ui',
    'commands/common',
    ...texts,
    ...contacts,
    'session',
    ...api,
    ...ground,
  ),
  commands: inVsCode(
    'changes/ui',
    'commands/common',
    'commands/signIn',
    'commands/list',
    'commands/contact',
    'commands/share',
    ...texts,
    'session',
    ...ground,
  ),
};

/** These files connect all layers. `extension.ts` loads `app.ts` on demand. */
const roots = ['app', 'bundles', 'extension'];
/** The modules that `extension.ts` may load itself, because activation needs them. */
const activation = [
  'base',
  'manifest',
  'platform/userSetting',
  'platform/storage/profileKeys',
  'platform/storage/secretAhead',
  'platform/toolCalls',
  'session/environment',
  'session/secretKey',
];
/** Folders that are bundles of their own: others may import their types, and load them with `import()`. */
const loadedLater = [
  'exports',
  'telephones',
  'sandbox',
  'assistants',
  'commands/signIn',
  'changes/ui',
  'changes/review',
  'changes/document',
  'changes/problems',
  'changes/file',
  'changes/fromFile',
];
const sameBundle: Readonly<Record<string, readonly string[]>> = {
  sandbox: ['sandbox'],
  'sandbox/data': ['sandbox'],
  'changes/ui': ['changes/review', 'changes/document', 'changes/problems'],
  'changes/document': ['changes/problems'],
  'changes/fromFile': ['changes/file'],
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
  readonly isDynamic: boolean;
}

const src = path.join(root, 'src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file));
const roomOf = (file: string) =>
  file.includes('/') ? path.posix.dirname(file) : file.replace(/\.tsx?$/, '');

const importLine =
  /(?:^|\n)\s*(import|export) (type )?(\{[^}]*\}|[\w*]+(?: as \w+)?(?:, \{[^}]*\})?) from '([^']+)'|\bimport\('([^']+)'\)|(?:^|\n)import '([^']+)'/g;

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(path.join(src, file), 'utf8');
  return [...text.matchAll(importLine)].map(([, , type, names = '', by, lazily, effect]) => {
    const specifier = by ?? lazily ?? effect ?? '';
    const to = specifier.startsWith('.')
      ? path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier))
      : specifier;
    const named = names.startsWith('{')
      ? names
          .slice(1, -1)
          .split(',')
          .filter((one) => one.trim() !== '')
      : [];
    const isType = type !== undefined || (named.length > 0 && named.every((one) => /^\s*type /.test(one)));
    return { file, from: roomOf(file), to, isType, isDynamic: lazily !== undefined };
  });
}

const imports = files.flatMap(importsOf);
const own = imports.filter(({ to }) => files.some((file) => file.replace(/\.tsx?$/, '') === to));
const shown = ({ file, to }: Import) => `${file} imports ${to}`;

describe('the layers of src', () => {
  it('are all in the table, which has no folder that is gone', () => {
    const rooms = new Set(files.map(roomOf));
    for (const name of roots) rooms.delete(name);
    assert.deepEqual([...rooms].sort(), Object.keys(layers).sort());
  });

  it('are imported downwards only, as the table allows', () => {
    const names = Object.keys(layers);
    for (const [name, { imports: allowed }] of Object.entries(layers))
      for (const other of allowed)
        assert.ok(names.indexOf(other) < names.indexOf(name), `${name} must not stand above ${other}`);
    const wrong = own.filter(({ from, to }) => {
      const room = roomOf(`${to}.ts`);
      return !roots.includes(from) && room !== from && !layers[from]?.imports.includes(room);
    });
    assert.deepEqual(wrong.map(shown), []);
  });

  it('have no file that reaches itself, types included', () => {
    const done = new Set<string>();
    const visit = (name: string, way: readonly string[]): void => {
      assert.ok(!way.includes(name), [...way, name].join(' → '));
      if (done.has(name)) return;
      for (const { file, to } of own) if (file.replace(/\.tsx?$/, '') === name) visit(to, [...way, name]);
      done.add(name);
    };
    for (const file of files) visit(file.replace(/\.tsx?$/, ''), []);
  });

  it('touch VS Code’s API only where the table allows it', () => {
    const wrong = imports.filter(
      ({ from, to }) => to === 'vscode' && !roots.includes(from) && layers[from]?.vscode !== true,
    );
    assert.deepEqual(wrong.map(shown), []);
  });

  it('load at activation what activation needs', () => {
    const seen = new Set<string>();
    const visit = (file: string): void => {
      for (const one of own) {
        if (one.file !== file || one.isType || one.isDynamic || seen.has(one.to)) continue;
        seen.add(one.to);
        visit(`${one.to}.ts`);
      }
    };
    visit('extension.ts');
    const wrong = [...seen].filter(
      (name) => !activation.includes(name) && !activation.includes(roomOf(`${name}.ts`)),
    );
    assert.deepEqual(wrong, []);
  });

  it('load bundles of their own on demand only', () => {
    const wrong = own.filter(
      ({ from, to, isType, isDynamic }) =>
        !isType &&
        !isDynamic &&
        loadedLater.includes(roomOf(`${to}.ts`)) &&
        roomOf(`${to}.ts`) !== from &&
        !sameBundle[from]?.includes(roomOf(`${to}.ts`)),
    );
    assert.deepEqual(wrong.map(shown), []);
  });

  it('have folders in which a file can be found', () => {
    const rooms = [...new Set(files.map(roomOf))];
    const full = rooms.filter((room) => files.filter((file) => roomOf(file) === room).length > 20);
    assert.deepEqual(full, []);
  });
});
