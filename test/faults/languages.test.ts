/**
 * Tests the extension in other languages as the user sees it: in German, and in a pseudo-language that shows
 * untranslated text.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';
import { toPseudo } from '../../scripts/lib/strings.mjs';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { colleague } from '../support/colleague';
import { on, type Session, startOn } from '../support/outside';
import { until } from '../support/until';

const strings = (file: string): Record<string, string> => JSON.parse(readFileSync(join(root, file), 'utf8'));
/** All English strings without placeholders. */
const english = [
  ...Object.keys(strings('l10n/bundle.l10n.json')),
  ...Object.values(strings('package.nls.json')),
].filter((text) => !/\{\d|\|/.test(text) && /[a-z]{2}/i.test(text));

/** Adds the pseudo-language to the installed extension. */
function addPseudo(_: string, profile: string): undefined {
  const extensions = join(profile, 'extensions');
  const own = readdirSync(extensions).find((name) => name.startsWith('ctrl-hub-community.contacts'));
  assert.ok(own);
  execFileSync(process.execPath, [join(root, 'scripts/l10n.mjs'), '--pseudo', join(extensions, own)]);
}

describe('in other languages', () => {
  let server: ApiServer;
  let session: Session;
  before(async () => {
    server = await startApiServer({ contacts: 30 });
  });
  afterEach(() => session?.close());
  after(() => server.stop());

  const hands = () => on(session.window);

  /** Signs in by visible labels in any language, and opens a contact. */
  async function look(language: string, signIn: string, token: string) {
    session = await startOn(server, {
      language,
      ...(language === 'qps-ploc' ? { prepare: addPseudo } : {}),
    });
    const welcome = await until('the welcome', async () => {
      const text = await hands().viewText();
      return text.includes(signIn) && text;
    });
    await session.window.command(`Ctrl Hub: ${signIn}`);
    // The Command Palette may still be there.
    const rows = await until('the ways to sign in', async () => {
      const { rows: shown } = await hands().quickInput();
      return shown.length > 1 && !shown.some((row) => row.includes('Ctrl Hub: ')) && shown;
    });
    await hands().pick(token);
    await until('the token box', async () => (await hands().quickInput()).inputType === 'password');
    await hands().type(server.token);
    await hands().press('Enter');
    const [organisation] = await colleague(server).organisations();
    const name = String(organisation?.attributes.name);
    await until('the organisation', async () => (await hands().rows()).some((row) => row.includes(name)));
    await hands().clickRow(name);
    const contact = await until('a contact', async () =>
      (await hands().rows()).find((row) => row.includes('@')),
    );
    await hands().clickRow(contact);
    const panel = await until('the panel', async () => {
      const text = await hands().panelText();
      return /\d{4}/.test(text) && text;
    });
    return { welcome, rows, panel };
  }

  it('German', async () => {
    const { welcome, rows, panel } = await look('de', 'Anmelden', 'Sitzungstoken');
    assert.match(welcome, /Sehen und bearbeiten Sie die Kontakte Ihrer Organisationen/);
    assert.ok(
      rows.some((row) => row.includes('E-Mail und Passwort')),
      rows.join(),
    );
    for (const word of ['Vorname', 'Nachname', 'Speichern', 'Interaktionen', 'Organisation', 'Geändert'])
      assert.ok(panel.includes(word), word);
    // The contact with two hundred interactions.
    await hands().clickRow('4@');
    const ways = /· (Telefon|E-Mail|SMS|Brief) · (Ein|Aus)gehend ·/;
    const related = await until('its interactions', async () => {
      const text = await hands().panelText();
      return ways.test(text) && text;
    });
    assert.doesNotMatch(related, /· (inbound|outbound)\b/);
  });

  it('a pseudo-language: no word of ours is left as it was', async () => {
    const { welcome, rows, panel } = await look('qps-ploc', toPseudo('Sign In'), toPseudo('Session token'));
    await hands().clickButton(toPseudo('Log Interaction…'));
    const history = toPseudo('History');
    await until('the history', async () => (await hands().panelText()).includes(history));
    await hands().clickButton(history);
    await until('an event', async () => (await hands().panelText()).includes(toPseudo('Created')));
    const options = await hands().inPanel<string>(
      `[...document.querySelectorAll('option')].map((one) => one.textContent).join('\\n')`,
    );
    const related = await hands().panelText();
    await session.window.command(`Ctrl Hub: ${toPseudo('Export…')}`);
    const exported = await until('what may be exported', async () => {
      const box = await hands().quickInput();
      return box.rows.length > 1 && [box.title, ...box.rows].join('\n');
    });
    for (const [where, text] of Object.entries({
      welcome,
      ways: rows.join('\n'),
      panel,
      related,
      options,
      exported,
    })) {
      const lines = text.split(/\n| · /).map((line) => line.trim());
      assert.ok(lines.length > 1, where);
      const left = lines.filter((line) => english.includes(line));
      assert.deepEqual(left, [], where);
    }
  });
});
