/** The contact is shown before it was read: what the reading brings must take nothing from who types already. */
import assert from 'node:assert/strict';
import type { FieldName } from '../../src/protocol/fields';
import { fields, newInteraction, panelState, panelStates, ready, withRelated } from '../fixtures/panelStates';
import { panelForEach } from '../support/panelForEach';
import { hasFocus, seen } from '../support/webviewPage';

const notices = ['Changed by somebody else meanwhile: First name'];

describe('panel: a contact that is shown before it was read', () => {
  const panel = panelForEach();
  const { field, button } = panel;
  beforeEach(async () => {
    await panel.show(panelStates.checking!);
    await panel.posts();
  });

  /** The reading has come, with another first name. */
  const read = (typed: Partial<Record<FieldName, string>>, heard?: number) =>
    panel.show(
      panelState(ready({ fields: fields({ saved: { first_name: 'Siani Mair' }, typed }), notices })),
      heard,
    );

  it('can be edited, and says quietly that it is being checked', async () => {
    assert.equal(await panel.status(), 'Checking for changes…');
    assert.equal(await seen(panel.page.getByRole('status')), '', 'nobody has to hear it');
    assert.equal(await field('First name').inputValue(), 'Sian');
    await field('First name').fill('Siân');
    assert.match(await panel.status(), /Unsaved changes\s+Checking for changes…/);
    assert.equal(await button('Save').isEnabled(), true);
    assert.deepEqual(await panel.posts(), [
      { type: 'edit', field: 'first_name', value: 'Siân', revision: 1, base: 'Sian' },
    ]);
  });

  it('takes the reading in place: caret and focus stay, and a screen reader hears of it once', async () => {
    await field('First name').focus();
    await field('First name').evaluate((input: HTMLInputElement) => input.setSelectionRange(2, 3));
    await panel.page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      for (const place of document.querySelectorAll('[aria-live], [role=status], [role=alert]'))
        new MutationObserver(() => heard.push(place.textContent ?? '')).observe(place, {
          childList: true,
          subtree: true,
          characterData: true,
        });
    });
    await read({});
    assert.equal(await field('First name').inputValue(), 'Siani Mair');
    assert.ok(await hasFocus(field('First name')));
    const range = await field('First name').evaluate((input: HTMLInputElement) => [
      input.selectionStart,
      input.selectionEnd,
    ]);
    assert.deepEqual(range, [2, 3]);
    assert.equal(await panel.status(), '');
    const heard: string[] = await panel.page.evaluate(() => Reflect.get(window, 'heard'));
    assert.deepEqual(
      heard.filter((words) => words !== ''),
      notices,
    );
    await panel.page.keyboard.type('-');
    assert.deepEqual((await panel.posts()).at(-1), {
      type: 'edit',
      field: 'first_name',
      value: 'Si-ni Mair',
      revision: 1,
      base: 'Siani Mair',
    });
  });

  it('keeps what is being typed while the reading comes', async () => {
    await field('Telephone').focus();
    await field('Telephone').press('End');
    await panel.page.keyboard.type('4');
    await read({});
    await panel.page.keyboard.type('5');
    assert.equal(await field('Telephone').inputValue(), '07700 90012345');
    assert.equal(await field('First name').inputValue(), 'Siani Mair');
    assert.ok(await hasFocus(field('Telephone')));
  });

  it('says that it may be out of date, since when and why, and looks again when asked', async () => {
    await panel.show(panelStates.outOfDate!);
    const alert = await seen(panel.page.getByRole('alert'));
    assert.match(alert, /may be out of date: it was read at 3 Mar 2024, 10:32\. Could not reach Ctrl Hub/);
    assert.equal(await field('First name').inputValue(), 'Siân');
    assert.equal(await button('Save').isEnabled(), true);
    assert.match(await seen(panel.page.locator('main')), /What you typed\s+Notes\s+Asked about the meter/);
    await panel.posts();
    await button('Retry').click();
    assert.deepEqual(await panel.posts(), [{ type: 'check' }]);
  });

  it('brings a person back to a part that comes with the reading', async () => {
    const form = { relationships: withRelated('interactions', { form: newInteraction }) };
    await panel.show(panelState(ready(form)));
    await field('Notes').focus();
    await panel.page.waitForFunction(() => /interaction--notes/.test(sessionStorage.getItem('state') ?? ''));
    await panel.page.reload();
    await panel.show(panelStates.checking!);
    await panel.show(panelState(ready(form)));
    assert.ok(await hasFocus(field('Notes')));
  });
});
