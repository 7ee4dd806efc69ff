/** A VS Code that a test controls from outside: reloads, kills, and several windows. */
import assert from 'node:assert/strict';
import { startSession } from '../../scripts/lib/vscodeSession.mjs';
import type { ApiServer } from './apiServer';
import { type ContactRecord, colleague } from './colleague';
import { handsOn } from './hands';
import { until } from './until';

export type Session = Awaited<ReturnType<typeof startSession>>;
export type Window = Session['window'];

/**
 * Starts the VS Code of this run, with the packaged extension.
 * @param server the API in its settings
 */
export function startOn(server: ApiServer, options: Parameters<typeof startSession>[0] = {}) {
  const version = process.env.CTRL_HUB_VSCODE_VERSION;
  const settings = { 'ctrlHub.apiUrl': server.url, ...options.settings };
  return startSession({ ...(version ? { version } : {}), ...options, settings });
}

/** Stops the servers even if the session does not close. @param session undefined if it did not start */
export async function closeAll(session: Session | undefined, ...servers: readonly ApiServer[]) {
  try {
    await session?.close();
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

export const on = (window: Window) => handsOn((action) => window.act(action));

/** Waits for words in the active panel. @returns its text */
export const says = (window: Window, words: RegExp) =>
  until(String(words), async () => {
    const text = await on(window).panelText();
    assert.match(text, words);
    return text;
  });

/**
 * Opens the review and waits for words in it. VS Code may drop a command while it is busy. In VS Code 1.139, a page may
 * also stay empty if the first page of another window loads at the same time: it waits for a service worker that has
 * already taken over. A new page loads.
 * @returns its text
 */
export function openReview(window: Window, words: RegExp): Promise<string> {
  const isEmpty = async () => {
    const tab = window.page.locator('.tab.active', { hasText: 'Review Changes' });
    return (
      (await tab.count()) > 0 &&
      on(window)
        .panelText()
        .then(
          () => false,
          () => true,
        )
    );
  };
  let looks = 0;
  return until(`a review with ${words}`, async () => {
    if (looks++ % 100 === 0) {
      if (looks > 1 && (await isEmpty())) await window.command('View: Close Editor');
      await window.command('Ctrl Hub: Review Changes');
    }
    const text = await on(window).panelText();
    assert.match(text, words);
    return text;
  });
}

/** Returns the first organisation, and its contacts that a row shows by a plain email address. */
export async function plainContacts(server: ApiServer) {
  const other = colleague(server);
  const organisation = (await other.organisations())[0] ?? assert.fail('no organisation');
  const contacts = (await other.contacts(organisation.id)).filter(({ attributes }) =>
    /^[a-z.0-9]+@/.test(String(attributes.email)),
  );
  return { organisation, contacts };
}

/** Opens a contact by its row, which loses a click if VS Code draws it anew at that moment. */
export async function openContact(window: Window, organisation: ContactRecord, contact: ContactRecord) {
  const email = String(contact.attributes.email);
  await on(window).expand(String(organisation.attributes.name), email);
  let looks = 0;
  await until('the contact', async () => {
    if (looks++ % 40 === 0) await on(window).clickRow(email);
    return (await on(window).panelText()).includes(contact.id);
  });
}
