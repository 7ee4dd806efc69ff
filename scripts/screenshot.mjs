/**
 * `npm run screenshot`: makes the pictures of the README and the walkthrough, with the packaged extension in
 * a real VS Code and sample data from a loopback server.
 */
import fs from 'node:fs';
import path from 'node:path';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/paths.mjs';
import { say } from './lib/say.mjs';

ensurePackages();
const { require: load } = await import('tsx/cjs/api');
const { toApng } = await import('./lib/apng.mjs');
const { run } = await import('./lib/run.mjs');
const { startSession } = await import('./lib/vscodeSession.mjs');
const { startApiServer } = load('../test/support/apiServer.ts', import.meta.url);
const { colleague } = load('../test/support/colleague.ts', import.meta.url);
const { handsOn } = load('../test/support/hands.ts', import.meta.url);
const { signIn } = load('../test/support/signIn.ts', import.meta.url);
const { until } = load('../test/support/until.ts', import.meta.url);

await run(process.execPath, ['scripts/package.mjs'], { quiet: true });
const server = await startApiServer();
const session = await startSession({
  settings: {
    'ctrlHub.apiUrl': server.url,
    'ctrlHub.authUrl': server.url,
    'window.autoDetectColorScheme': true,
  },
});
const { page } = session.window;
const hands = handsOn((action) => session.window.act(action));

async function look(clip) {
  // A hover under the pointer would hide other parts.
  await page.mouse.move(1_000, 700);
  await page.addStyleTag({ content: '.workbench-hover-container { display: none }' });
  await page.waitForTimeout(1_000);
  return page.screenshot(clip ? { clip } : {});
}

function keep(file, bytes) {
  const to = path.join(root, 'media', file);
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.writeFileSync(to, bytes);
  say(`media/${file}: ${Math.round(bytes.length / 1000)} kB`);
}

const picture = async (file, clip) => keep(file, await look(clip));

/** Takes a picture for dark and for light themes. */
async function both(step, clip) {
  for (const [scheme, mark] of [
    ['dark', '.vs-dark'],
    ['light', '.vs'],
  ]) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator(`.monaco-workbench${mark}`).waitFor();
    await picture(`walkthrough/${step}-${scheme}.png`, clip);
  }
}

/** Returns the area of VS Code's input box. */
async function asking() {
  const { x, y, width, height } = await page.locator('.quick-input-widget:visible').boundingBox();
  return { x, y, width, height: Math.min(height, 380) };
}
/** The window without the status bar, which would show the loopback server. */
const whole = { x: 0, y: 0, width: 1280, height: 768 };
/** The area of the panel. */
const panel = { x: 353, y: 30, width: 927, height: 560 };
/** The area of the panel's form. */
const form = { ...panel, height: 410 };

try {
  await page.setViewportSize({ width: 1280, height: 800 });
  const other = colleague(server);
  const [first] = await other.organisations();
  // Not every machine has fonts for every script.
  const unshowable = ({ attributes }) => /\p{Script=Han}/u.test(Object.values(attributes).join(''));
  for (const { id } of (await other.contacts(first.id)).filter(unshowable)) {
    const address = `/v3/orgs/${first.id}/customers/contacts/${id}`;
    await other.change(address, { first_name: 'Nerys', last_name: 'Pritchard' });
  }
  await session.window.command('Ctrl Hub: Sign In');
  await until('the ways', async () => (await hands.quickInput()).rows.length > 0);
  await both('sign-in', await asking());
  await hands.press('Escape');
  await signIn(session.window, server.token);

  const name = String(first.attributes.name);
  await until('the organisation', async () => (await hands.rows()).some((row) => row.includes(name)));
  await hands.clickRow(name);
  await until('its contacts', async () => (await hands.rows()).some((row) => row.includes('@')));
  // The list shows its count with a delay.
  await page.waitForTimeout(3_000);

  await session.window.command('Ctrl Hub: Find Contact…');
  await until('the box', async () => /Find Contact/.test((await hands.quickInput()).title));
  await until('all of them', async () => !/so far/.test((await hands.quickInput()).title), 60_000);
  await hands.type('an');
  await both('find', await asking());
  await hands.press('Escape');

  const contacts = await other.contacts(first.id);
  const contact = contacts.find(({ attributes: { first_name, last_name, telephone } }) =>
    [first_name, last_name, telephone].every((text) => typeof text === 'string' && /^[ -~À-ž]+$/.test(text)),
  );
  const { attributes } = contact;
  await hands.clickRow(String(attributes.email));
  await until('the panel', () => hands.value('First name'));
  await picture('readme/panel.png', whole);
  const frames = [{ png: await look(panel), ms: 1_500 }];
  await hands.fill('Telephone', '07700 900555');
  frames.push({ png: await look(panel), ms: 2_000 });
  await both('save', form);

  const address = `/v3/orgs/${first.id}/customers/contacts/${contact.id}`;
  await other.change(address, { telephone: '020 7946 0958', email: 'office@example.org' });
  await hands.clickButton('Save');
  await until('the conflict', async () => /Keep all mine/.test(await hands.panelText()));
  frames.push({ png: await look(panel), ms: 3_000 });
  await both('conflict', panel);
  await hands.clickButton('Keep all mine');
  await until('the save', async () => /Contact saved/.test(await hands.panelText()));
  frames.push({ png: await look(panel), ms: 3_000 });
  keep('readme/save.png', toApng(frames, 2));

  // A contact with several interactions makes a better picture.
  const interactions = ({ relationships }) => relationships?.interactions?.data?.length ?? 0;
  const busy = contacts.find((one) => interactions(one) > 2 && one.attributes.email);
  await hands.clickRow(String(busy.attributes.email));
  await until('its panel', async () => (await hands.value('Email')) === busy.attributes.email);
  // The accounts' names and the history appear after the form.
  await page.waitForTimeout(3_000);
  for (const part of ['[id^="fold-"]', '#history'])
    await hands.inPanel(`document.querySelector(${JSON.stringify(part)})?.click()`);
  await picture('readme/related.png', whole);

  await page
    .locator('.monaco-list-row', { hasText: String(busy.attributes.email) })
    .click({ button: 'right' });
  await page.waitForTimeout(500);
  await picture('readme/elsewhere.png', { x: 0, y: 30, width: 720, height: 590 });
  await hands.press('Escape');
} finally {
  await session.close();
  await server.stop();
}
