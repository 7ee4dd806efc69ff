/** The conditions of an Apply in a real VS Code: production, sessions that end, refusals; checks and the language. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { newSecret } from '../../scripts/lib/canary.mjs';
import { commandIds, contactsScheme } from '../../src/manifest';
import { defaultApiUrl } from '../../src/session/environment';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { startAuthServer, type TestAuthServer } from '../support/authServer';
import { asked, type ContactRecord, colleague } from '../support/colleague';
import { hands } from '../support/hands';
import {
  answerStep,
  chooseWay,
  run,
  says,
  setSetting,
  setUrl,
  showOrganisation,
  signInWith,
} from '../support/host';
import { until } from '../support/until';

const shots = process.env.CTRL_HUB_SHOTS;
const shot = async (name: string) => {
  if (shots) await hands.screenshot(`${shots}/${name}.png`);
};

describe('changing many contacts, in a real VS Code', function () {
  this.timeout(120_000);
  let server: ApiServer;
  let organisation: ContactRecord;
  const realFetch = globalThis.fetch;

  before(async () => {
    server = await startApiServer({ contacts: 60 });
    const other = colleague(server);
    organisation = (await other.organisations()).at(-1) ?? assert.fail('no organisation');
  });
  after(async () => {
    globalThis.fetch = realFetch;
    await run('workbench.action.closeAllEditors');
    await setUrl(undefined);
    await server.stop();
  });

  afterEach(async function () {
    if (this.currentTest?.isFailed()) await shot(`failed ${this.currentTest.title.slice(0, 20)}`);
  });

  const puts = (start: number) => asked(server, start).filter(({ method }) => method === 'PUT');
  const document = () =>
    vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === contactsScheme) ?? assert.fail('no text');
  const codes = () => vscode.languages.getDiagnostics(document().uri).map(({ code }) => code);
  const openText = async () => {
    await run(commandIds.editAsText, { organisationId: organisation.id });
    await until('the text', () => vscode.window.activeTextEditor?.document.uri.scheme === contactsScheme);
  };
  async function edit(change: (text: string) => string): Promise<void> {
    const all = document();
    const made = new vscode.WorkspaceEdit();
    made.replace(all.uri, new vscode.Range(0, 0, all.lineCount, 0), change(all.getText()));
    assert.ok(await vscode.workspace.applyEdit(made));
  }
  /** Gives some contacts another address, and shows the review. */
  async function review(count: number, host: string): Promise<void> {
    await openText();
    let left = count;
    await edit((text) =>
      text.replaceAll(/^(email: [\w.]+)@.*$/gm, (line, begin) => (left-- > 0 ? `${begin}@${host}` : line)),
    );
    await run(commandIds.reviewChanges);
    await says(new RegExp(`Apply to ${count} contacts`));
  }
  const actionsAt = (range: vscode.Range) =>
    vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document().uri,
      range,
    );

  describe('on production', () => {
    before(async () => {
      // The test and the extension share the extension host, so no request leaves this computer.
      globalThis.fetch = async (input, init) => {
        const request = new Request(input, init);
        if (!request.url.startsWith(defaultApiUrl)) return realFetch(input, init);
        const { method, headers } = request;
        const body = method === 'GET' ? {} : { body: await request.text() };
        return realFetch(server.url + request.url.slice(defaultApiUrl.length), { method, headers, ...body });
      };
      await setUrl(undefined);
      await signInWith(server.token);
      await showOrganisation(String(organisation.attributes.name));
    });
    after(() => {
      globalThis.fetch = realFetch;
    });

    it('asks for the number of contacts when they are many', async () => {
      const start = server.requests.length;
      await review(26, 'production.example');
      await hands.clickButton('Apply to 26 contacts');
      await until('the question', async () => /26/.test((await hands.quickInput()).message));
      await shot('production');
      await hands.type('25');
      await until('the refusal', async () => /Type 26/.test((await hands.quickInput()).message));
      await hands.press('Enter');
      assert.deepEqual(puts(start), []);
      await hands.press('Control+a');
      await hands.type('26');
      await until('no refusal', async () => !/^Type 26\.$/.test((await hands.quickInput()).message));
      await hands.press('Enter');
      await says(/26 saved/);
      assert.equal(puts(start).length, 26);
    });
  });

  describe('elsewhere', () => {
    const person = { email: 'ada@example.org', password: newSecret('a password') };
    let auth: TestAuthServer;
    const enterPassword = async () => {
      await chooseWay('Email and password');
      await answerStep(/Email address/, person.email);
      await answerStep(/Password/, person.password);
    };

    before(async () => {
      auth = await startAuthServer({ token: server.token, person });
      await setUrl(server.url);
      await setSetting('authUrl', auth.url);
      const signedIn = run(commandIds.signIn);
      await enterPassword();
      await signedIn;
      await showOrganisation(String(organisation.attributes.name));
    });
    after(async () => {
      await setSetting('authUrl', undefined);
      await auth.stop();
    });

    it('pauses when the session ends, and goes on after signing in', async () => {
      const start = server.requests.length;
      await review(8, 'session.example');
      let arrived = 0;
      server.fault = ({ method }) =>
        method === 'PUT' && ++arrived > 3
          ? { status: 401, body: { errors: [{ title: 'Over' }] } }
          : undefined;
      await hands.clickButton('Apply to 8 contacts');
      await says(/Your session has ended/);
      await shot('session');
      const before = arrived;
      server.fault = undefined;
      await hands.clickButton('Sign In');
      await enterPassword();
      await says(/8 saved/);
      assert.equal(puts(start).length, before + 5);
    });

    it('stops at a refusal of the account', async () => {
      const start = server.requests.length;
      await review(9, 'forbidden.example');
      server.fault = ({ method }) =>
        method === 'PUT' ? { status: 403, body: { errors: [{ title: 'Not you' }] } } : undefined;
      await hands.clickButton('Apply to 9 contacts');
      const text = await says(/your account is not allowed/);
      await shot('forbidden');
      assert.match(text, /Not you/);
      assert.ok(puts(start).length <= 4, `${puts(start).length}`);
      const refused = () =>
        vscode.languages
          .getDiagnostics(document().uri)
          .filter(({ code, message }) => code === 'refused' && message === 'Not saved: Not you');
      await until('the reason on the lines', () => refused().length === puts(start).length);
      server.fault = undefined;
      await hands.clickButton('Apply to 9 contacts');
      await says(/9 saved/);
      await until('no reason', () => refused().length === 0);
    });

    it('folds, lists, completes and explains the contacts of a text', async () => {
      await openText();
      const { uri } = document();
      const ask = <T>(command: string, ...more: unknown[]) =>
        vscode.commands.executeCommand<T>(command, uri, ...more);
      const lines = document().getText().split('\n');
      const first = lines.findIndex((line) => line.startsWith('['));
      const folds = await ask<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider');
      assert.ok(folds.some(({ start, end }) => start === first && end === first + 4));
      const symbols = await ask<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider');
      assert.equal(symbols.length, 60);
      const email = lines.findIndex((line) => /^email: \S/.test(line));
      const hovers = await ask<vscode.Hover[]>('vscode.executeHoverProvider', new vscode.Position(email, 8));
      const said = hovers
        .flatMap(({ contents }) => contents)
        .map((one) => (typeof one === 'string' ? one : one.value))
        .join();
      const [, address = ''] = /^email: (.*)$/.exec(lines[email] ?? '') ?? [];
      assert.ok(said.includes(address) && /ID: /.test(said), said);
      const { items } = await ask<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        new vscode.Position(
          lines.findIndex((line) => line.startsWith('last_name: ')),
          11,
        ),
      );
      assert.ok(items.some(({ label }) => lines.includes(`last_name: ${label}`)));
    });

    it('fixes or accepts all of a kind, remembers what is accepted, and leaves out rules that are off', async () => {
      await openText();
      const before = document().getText();
      await edit((text) =>
        text.replaceAll(/^(first_name: \p{L})(\p{L}{3,})$/gmu, (_, a, b) => a + b.toUpperCase()),
      );
      await until('the problems', () => codes().filter((code) => code === 'capitals').length > 3);
      const all = vscode.languages.getDiagnostics(document().uri).filter(({ code }) => code === 'capitals');
      const [one, two] = all;
      assert.ok(one && two);
      await shot('problems');
      const accept = (await actionsAt(one.range)).find(({ title }) => title === 'Accept as it is')?.command;
      await run(accept?.command ?? assert.fail('cannot accept'), ...(accept?.arguments ?? []));
      await until('one less', () => codes().filter((code) => code === 'capitals').length === all.length - 1);
      const count = all.length - 1;
      const fix = (await actionsAt(two.range)).find(({ title }) => title.endsWith(`all ${count}`));
      assert.ok(fix?.edit && (await vscode.workspace.applyEdit(fix.edit)));
      await until('none', () => !codes().includes('capitals'));
      // The accepted one is still in capitals, also in a text that is opened later.
      assert.ok(await document().save());
      await run('workbench.action.closeAllEditors');
      await until('closed', () => vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0));
      await openText();
      await edit((text) => text.replaceAll(/^last_name:.*$/gm, 'last_name: CAPITALS'));
      const capitals = () =>
        vscode.languages.getDiagnostics(document().uri).filter(({ code }) => code === 'capitals');
      await until('the other problems', () => capitals().length === 60);
      await setSetting('checks', { capitals: false });
      await until('the rule to be off', () => !codes().includes('capitals'));
      await setSetting('checks', undefined);
      await until('the problems again', () => capitals().length === 60);
      const [last] = capitals();
      const actions = await actionsAt(last?.range ?? assert.fail('no problem'));
      const acceptAll = actions.find(({ title }) => title === 'Accept as it is: all 60')?.command;
      await run(acceptAll?.command ?? assert.fail('cannot accept all'), ...(acceptAll?.arguments ?? []));
      await until('none', () => !codes().includes('capitals'));
      await edit(() => before);
      assert.ok(await document().save());
    });

    it('leaves out of the review what was removed from the text', async () => {
      await openText();
      const before = document().getText();
      await edit((text) => text.replaceAll(/^(email: [\w.]+)@.*$/gm, '$1@removed.example'));
      assert.ok(await document().save());
      const blocks = document()
        .getText()
        .split(/\n\n(?=\[)/);
      await edit(() => [blocks[0], ...blocks.slice(3)].join('\n\n'));
      await run(commandIds.reviewChanges);
      const count = blocks.filter((block) => block.includes('@removed.example')).length;
      const left = blocks.slice(1, 3).filter((block) => block.includes('@removed.example')).length;
      await says(new RegExp(`Apply to ${count - left} contact`));
      await says(new RegExp(`Left out here: stays a draft · ${left} contact`));
      await openText();
      await edit(() => before);
      assert.ok(await document().save());
    });

    it('tells in the review that values may be wrong, unless they were accepted', async () => {
      await openText();
      const before = document().getText();
      await edit((text) => text.replace(/^email:.*$/m, 'email: ann@example'));
      await run(commandIds.reviewChanges);
      await says(/Email may be wrong: 1 contact[\s\S]*ann@example\s*May be wrong/);
      await shot('may be wrong');
      await openText();
      await until('the problem', () => codes().includes('email'));
      const [one] = vscode.languages.getDiagnostics(document().uri).filter(({ code }) => code === 'email');
      const actions = await actionsAt(one?.range ?? assert.fail('no problem'));
      const accept = actions.find(({ title }) => title === 'Accept as it is')?.command;
      await run(accept?.command ?? assert.fail('cannot accept'), ...(accept?.arguments ?? []));
      await until('no problem', () => !codes().includes('email'));
      await run(commandIds.reviewChanges);
      await until('no warning', async () => {
        const text = await hands.panelText();
        return /Apply to 1 contact/.test(text) && !/may be wrong/i.test(text);
      });
      await openText();
      await edit(() => before);
      assert.ok(await document().save());
    });

    it('checks an organisation, and opens what it found as text', async () => {
      await run(commandIds.checkContacts, { organisationId: organisation.id });
      await until('the text', () => vscode.window.activeTextEditor?.document.uri.scheme === contactsScheme);
      await until('its problems', () => codes().length > 0);
      await shot('check');
      const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        document().uri,
      );
      assert.ok(symbols.length > 0 && symbols.length < 60);
    });

    it('goes to the next and the previous contact of the list', async () => {
      await run('workbench.action.closeAllEditors');
      const [first, second] = await listed();
      assert.ok(first && second);
      await run(commandIds.open, { ref: { organisationId: organisation.id, contactId: first.id } });
      await says(new RegExp(first.id));
      await run(commandIds.nextContact);
      await says(new RegExp(second.id));
      const panels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length;
      await until('one panel', () => panels() === 1);
      await until('the focus in the form', async () => (await hands.focused()) === 'first_name');
      await run(commandIds.previousContact);
      await says(new RegExp(first.id));
      await until('one panel', () => panels() === 1);
      await shot('next');
      // What is not saved stays on screen.
      await hands.fill('First name', 'Kept');
      await until('the draft', () => hands.enabled('Revert'));
      await run(commandIds.nextContact);
      await says(new RegExp(second.id));
      assert.equal(panels(), 2);
      await run(commandIds.previousContact);
      await until('the typed name', async () => (await hands.value('First name')) === 'Kept');
      await until('one panel', () => panels() === 1);
      await run(commandIds.revert);
    });
  });

  /** The contacts in the order of the list. */
  const listed = () => colleague(server).contacts(organisation.id);
});
