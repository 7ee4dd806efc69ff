/** Tests that the focus moves to a nearby element when the focused one disappears or is disabled. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { HistoryState } from '../../src/protocol/related';
import {
  fieldErrors,
  fields,
  historyEvents,
  interactions,
  newInteraction,
  panelState,
  panelStates,
  ready,
  withRelated,
} from '../fixtures/panelStates';
import { panelForEach } from '../support/panelForEach';
import { drawn } from '../support/webviewPage';

describe('panel: the focus is never lost', () => {
  const panel = panelForEach();
  const { button, field } = panel;
  const show = (name: string) => panel.show(panelStates[name] ?? assert.fail(name));
  const name = () => panel.page.getByRole('heading', { level: 1 });
  const press = async (place: Locator) => {
    await place.focus();
    await panel.page.keyboard.press('Enter');
  };
  const isAt = async (place: Locator) => {
    // A browser moves the focus away from a disabled element with the next frame.
    await drawn(panel.page);
    const there = await panel.page.evaluate(() => document.activeElement?.outerHTML ?? '');
    assert.equal(there, await place.evaluate(({ outerHTML }) => outerHTML));
  };

  it('after Retry it is at the name, and back at Retry when that failed too', async () => {
    await show('saveFailed');
    await press(button('Retry'));
    await show('saving');
    await isAt(name());
    await show('saveFailed');
    await isAt(button('Retry'));
    await press(button('Retry'));
    await show('saving');
    await show('saved');
    await isAt(name());
  });

  it('after Retry of a contact that could not be read, and after Sign In', async () => {
    await show('loadFailed');
    await press(button('Retry'));
    await show('loading');
    await isAt(name());
    await show('ready');
    await isAt(name());
    await show('signedOut');
    await press(button('Sign In'));
    await show('ready');
    await isAt(name());
  });

  it('after Save it is kept while there is hope that Save comes back, and then goes to the name', async () => {
    await show('changed');
    await press(button('Save'));
    await show('saving');
    await drawn(panel.page);
    await show('saved');
    await isAt(name());
  });

  for (const [what, from, to] of [
    ['Undo', 'savedWithNotes', 'saving'],
    ['Undo', 'reverted', 'changed'],
    ['Cancel', 'waiting', 'changed'],
    ['Revert', 'changed', 'reverted'],
    ['Keep all mine', 'conflict', 'saving'],
    ['Take all theirs', 'conflict', 'saving'],
  ] as const)
    it(`after ${what} (${from})`, async () => {
      await show(from);
      await press(button(what));
      await show(to);
      await isAt(name());
    });

  it('after a field was put back by a save, it is in that field', async () => {
    await show('changed');
    await button('Revert Telephone').focus();
    await show('saving');
    await show('saved');
    await isAt(field('Telephone'));
  });

  it('after Retry and Look among related records it is in their part', async () => {
    await show('relatedFailed');
    await press(button('Retry'));
    await show('ready');
    await isAt(button('Log Interaction…'));
    await show('linkUnknown');
    await press(button('Look in Ctrl Hub'));
    await show('ready');
    await isAt(button('Link Account…'));
  });

  it('after a row went it is in the part that the row was in', async () => {
    await show('ready');
    const [first, ...others] = interactions(10);
    const copy = panel.page
      .locator('.relationship')
      .nth(2)
      .getByRole('button', { name: /^Copy ID/ });
    await copy.first().focus();
    assert.ok(first);
    await panel.show(panelState(ready({ relationships: withRelated('interactions', { items: others }) })));
    await isAt(button('Log Interaction…'));
  });

  const history = (change: Partial<HistoryState>) =>
    panel.show(
      panelState(
        ready({ history: { unfolded: true, loading: false, events: historyEvents, more: true, ...change } }),
      ),
    );
  const problem = { message: 'Could not reach Ctrl Hub.', details: [] };

  it('after more of the history it is at its button still, when there was no more or it failed', async () => {
    await history({});
    await press(button('Show 10 more'));
    await history({ loading: true });
    await drawn(panel.page);
    await history({});
    await isAt(button('Show 10 more'));
    await press(button('Show 10 more'));
    await history({ loading: true });
    await drawn(panel.page);
    await history({ problem, more: false });
    await isAt(button('History'));
    await press(button('Retry'));
    await history({ loading: true, more: false });
    await isAt(button('History'));
  });

  it('leaves alone whoever is elsewhere, or nowhere', async () => {
    await show('saveFailed');
    await field('Telephone').focus();
    await show('saved');
    await isAt(field('Telephone'));
    await panel.page.locator('.details').click();
    await show('saveFailed');
    await show('saved');
    await isAt(panel.page.locator('body'));
  });

  it('shows no frame around the name to whoever pressed with a mouse', async () => {
    const outline = () => name().evaluate((heading) => getComputedStyle(heading).outlineStyle);
    await show('saveFailed');
    await button('Retry').click();
    await show('saving');
    await isAt(name());
    assert.equal(await outline(), 'none');
    await show('saveFailed');
    await press(button('Retry'));
    await show('saving');
    await isAt(name());
    assert.equal(await outline(), 'solid');
  });

  it('takes nothing from another part of VS Code, and is there when somebody comes back', async () => {
    const away = (is: boolean) =>
      panel.page.evaluate((gone) => {
        document.hasFocus = () => !gone;
        if (!gone) window.dispatchEvent(new Event('focus'));
      }, is);
    await show('saveFailed');
    await press(button('Retry'));
    await away(true);
    await show('saving');
    await isAt(panel.page.locator('body'));
    await away(false);
    await isAt(name());
  });

  const withForm = (body: Parameters<typeof ready>[0] = {}) =>
    panelState(ready({ relationships: withRelated('interactions', { form: newInteraction }), ...body }));
  const typed = { email: 'x' };

  it('a save that fails leaves it in the notes of an interaction that are being typed', async () => {
    await panel.show(withForm());
    await field('Email').fill('x');
    const notes = panel.page.locator('.interaction-form textarea');
    await panel.show(withForm({ fields: fields({ typed }), save: { kind: 'saving' }, attempt: 1 }), 1);
    await notes.focus();
    await panel.page.keyboard.type('Rang');
    const refused = fields({ typed, errors: { email: 'No.' } });
    await panel.show(withForm({ fields: refused, save: fieldErrors, attempt: 1 }), 5);
    await isAt(notes);
  });

  it('a conflict leaves it in the field that is being typed into', async () => {
    await show('ready');
    await field('Email').fill('x@y.example');
    const saving = {
      fields: fields({ typed: { email: 'x@y.example' } }),
      save: { kind: 'saving' },
      attempt: 1,
    } as const;
    await panel.show(panelState(ready(saving)), 1);
    await field('Last name').focus();
    await panel.page.keyboard.type('A');
    const conflicts = { email: { before: 'a@b', mine: 'x@y.example', theirs: 'c@d' } };
    await panel.show(
      panelState(ready({ fields: fields({ conflicts }), save: { kind: 'conflict' }, attempt: 1 })),
      1,
    );
    await panel.page.keyboard.type('B C');
    assert.match(await field('Last name').inputValue(), /AB C$/);
  });

  it('a refusal leaves it where somebody types on after Ctrl+S', async () => {
    await show('ready');
    await field('Email').fill('x');
    await field('Last name').focus();
    await panel.page.keyboard.type('ABC');
    // The host saved when it had heard the first letter.
    const refused = fields({ typed, errors: { email: 'No.' } });
    await panel.show(panelState(ready({ fields: refused, save: fieldErrors, attempt: 1 })), 2);
    await panel.page.keyboard.type('DE');
    assert.match(await field('Last name').inputValue(), /ABCDE$/);
  });

  it('stays where there was nothing but white space to save', async () => {
    await show('ready');
    await field('First name').fill('Sian ');
    await press(button('Save'));
    await panel.show(panelState(ready({ attempt: 1 })), 1);
    await drawn(panel.page);
    assert.equal(await panel.page.locator('.actions').getAttribute('aria-busy'), null);
    assert.notEqual(await panel.page.evaluate(() => document.activeElement?.tagName), 'BODY');
  });
});
