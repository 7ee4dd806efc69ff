import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleIds } from '../../src/changes/checks/finding';
import {
  authenticationId,
  commandIds,
  contactPanelType,
  contactsViewId,
  contextKeys,
  reviewPageType,
  toolIds,
} from '../../src/manifest';
import type { ViewState } from '../../src/tree/contactsView';

const root = join(__dirname, '../..');
const text = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text);
const nls: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));
const { contributes } = manifest;
const ids: string[] = Object.values(commandIds);
const menus: { command: string; when?: string }[] = Object.values<never[]>(contributes.menus).flat();

describe('package.json', () => {
  it('declares every command of the code, and no other', () => {
    const declared = contributes.commands.map(({ command }: { command: string }) => command);
    assert.deepEqual(declared.toSorted(), ids.toSorted());
  });

  it('uses every context key that the code sets, and no other', () => {
    const others = [contactsViewId, contactPanelType, reviewPageType, ...ids];
    const clauses = text.replace(/"(command|id|onCommand)": "[^"]*"/g, '');
    const used = [...clauses.matchAll(/(?<![\w.'])ctrlHub\.\w+(?:\.\w+)*/g)].map(([name]) => name);
    const settings = Object.keys(contributes.configuration.properties);
    const keys = used.filter((name) => !others.includes(name) && !settings.includes(name));
    const own = contextKeys.map((key) => `ctrlHub.${key}`);
    assert.deepEqual([...new Set(keys)].toSorted(), own.toSorted());
  });

  it('puts every command under "Ctrl Hub", with an icon', () => {
    for (const { command, category, icon } of contributes.commands) {
      assert.equal(category, 'Ctrl Hub', command);
      assert.match(icon, /^\$\([a-z-]+\)$/, command);
    }
  });

  it('uses only declared commands in menus, keybindings and welcomes', () => {
    const used = [...menus, ...contributes.keybindings].map(({ command }) => command);
    const linked = Object.values(nls).flatMap((line) =>
      [...line.matchAll(/\(command:(ctrlHub[\w.]+)/g)].map((m) => m[1]),
    );
    for (const id of [...used, ...linked]) assert.ok(ids.includes(id), `${id} is not declared`);
  });

  it('names the view, the panel and the setting that other tools rely on', () => {
    assert.equal(contributes.viewsContainers.activitybar[0].id, 'ctrlHub');
    assert.equal(contributes.views.ctrlHub[0].id, contactsViewId);
    for (const type of [contactPanelType, reviewPageType])
      assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${type}`));
    assert.equal(contributes.configuration.properties['ctrlHub.apiUrl'].scope, 'application');
    assert.deepEqual([manifest.publisher, manifest.name], ['ctrl-hub-community', 'contacts']);
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
  });

  it('is woken by a link, which VS Code does not do by itself', () => {
    assert.ok(manifest.activationEvents.includes('onUri'));
  });

  it('takes no setting from a workspace, and so works in one that nobody trusts', () => {
    const settings = Object.entries<{ scope?: string }>(contributes.configuration.properties);
    assert.ok(settings.length >= 2);
    for (const [name, { scope }] of settings) {
      assert.match(name, /^ctrlHub\./);
      assert.equal(scope, 'application', name);
    }
    assert.deepEqual(manifest.capabilities, {
      untrustedWorkspaces: { supported: true },
      virtualWorkspaces: true,
    });
  });

  it('declares its accounts', () => {
    assert.deepEqual(contributes.authentication, [{ id: authenticationId, label: 'Ctrl Hub' }]);
  });

  it('has a text for every key, and a key for every text', () => {
    const keys = [...text.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]);
    assert.deepEqual([...new Set(keys)].toSorted(), Object.keys(nls).toSorted());
  });

  it('has a welcome for every state in which the view has no rows', () => {
    const welcomes: string[] = contributes.viewsWelcome.map(
      ({ when }: { when: string }) => when.match(/'(.*)'/)?.[1],
    );
    const states: ViewState[] = [
      'signedOut',
      'lost',
      'expired',
      'loading',
      'noOrganisations',
      'misconfigured.notAUrl',
      'misconfigured.notHttps',
      'misconfigured.hasExtras',
    ];
    const errors = readFileSync(join(root, 'src/api/http/errors.ts'), 'utf8');
    const reasons = [
      ...(errors.split('export type ApiErrorReason')[1]?.split(';')[0] ?? '').matchAll(/'(\w+)'/g),
    ];
    assert.ok(reasons.length > 10);
    const wanted = [...states, ...reasons.map(([, reason]) => `failed.${reason}`)];
    assert.deepEqual(welcomes.toSorted(), wanted.toSorted());
  });

  it('declares every tool for assistants, and every check where it can be named', () => {
    const tools: { name: string; inputSchema: { properties: Record<string, { enum?: string[] }> } }[] =
      contributes.languageModelTools;
    assert.deepEqual(tools.map(({ name }) => name).toSorted(), Object.values(toolIds).toSorted());
    const checks = contributes.configuration.properties['ctrlHub.checks'];
    assert.deepEqual(Object.keys(checks.properties), ruleIds);
    assert.deepEqual(checks.default, Object.fromEntries(ruleIds.map((rule) => [rule, true])));
    const check = tools.find(({ name }) => name === toolIds.checkContacts);
    assert.deepEqual(check?.inputSchema.properties.kind?.enum, ruleIds);
  });

  it('has no key that types a character, or that a webview in a browser keeps for the clipboard', () => {
    const bindings: { key: string; mac?: string; when: string }[] = contributes.keybindings;
    for (const { key, mac = key, when } of bindings) {
      const keys = [
        ...key.split(' ').map((one) => [one, 'ctrl']),
        ...mac.split(' ').map((one) => [one, 'cmd']),
      ];
      for (const [one = '', modifier = ''] of keys) {
        const parts = one.split('+');
        const letter = parts.at(-1) ?? '';
        if (letter.length > 1) continue;
        assert.ok(parts.includes(modifier), `${one} types "${letter}"`);
        // On Windows, Ctrl+Alt is AltGr; on macOS, Option types characters.
        assert.ok(!parts.includes('alt'), `${one} types a character on some keyboards`);
        const worksInPanel = !when.includes('listFocus');
        assert.ok(!(worksInPanel && 'cvx'.includes(letter)), `${one} never reaches VS Code from a webview`);
      }
    }
  });

  it('names pictures that exist', () => {
    const steps: { media: { image: Record<string, string> } }[] = contributes.walkthroughs[0].steps;
    for (const file of [
      manifest.icon,
      contributes.viewsContainers.activitybar[0].icon,
      ...steps.flatMap(({ media }) => Object.values(media.image)),
    ])
      assert.ok(existsSync(join(root, file)), file);
  });
});

describe('src', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  const source = (file: string) => readFileSync(join(root, 'src', file), 'utf8');

  it('has no way around the type checker or the linter', () => {
    const wayAround = /\bas unknown as\b|: any\b|<any>|\bas any\b|@ts-|biome-ignore/;
    assert.deepEqual(
      files.filter((file) => wayAround.test(source(file))),
      [],
    );
  });

  it('uses ofetch in one file', () => {
    assert.deepEqual(
      files.filter((file) => /from 'ofetch'/.test(source(file))),
      [join('api', 'http', 'transport.ts')],
    );
  });

  it('spells an id of the manifest once', () => {
    const spelt = files.filter((file) => ids.some((id) => source(file).includes(`'${id}'`)));
    assert.deepEqual(spelt, ['manifest.ts']);
  });
});
