import assert from 'node:assert/strict';
import {
  contactId,
  interactions,
  markup,
  panelState,
  panelStates,
  ready,
  withRelated,
} from '../fixtures/panelStates';
import { panelForEach } from '../support/panelForEach';
import { seen } from '../support/webviewPage';

const inLanguage = (language: string, body = ready()) => {
  const state = panelState(body);
  return { ...state, strings: { ...state.strings, language } };
};

describe('panel: what it shows', () => {
  const panel = panelForEach();

  const show = (name: string) => panel.show(panelStates[name]!);
  const texts = (selector: string) => panel.page.locator(selector).allInnerTexts();

  it('says that it is loading before its script has a state, and asks for one', async () => {
    assert.equal(await seen(panel.page.locator('body')), 'Loading contact…');
    assert.deepEqual(await panel.posts(), [{ type: 'ready' }]);
  });

  it('says in words that it is loading, in the form that it will fill', async () => {
    await show('loading');
    assert.equal(await seen(panel.page.getByRole('status')), 'Loading contact…');
    for (const width of [1000, 700, 300]) {
      await panel.page.setViewportSize({ width, height: 800 });
      await show('loading');
      const bones = await panel.page.locator('.bone-input').evaluateAll(tops);
      await show('ready');
      assert.deepEqual(await panel.page.locator('input').evaluateAll(tops), bones);
    }
  });

  it('shows four labelled fields under the contact’s name', async () => {
    await show('ready');
    assert.equal(await seen(panel.page.getByRole('heading', { level: 1 })), 'Sian Byrne');
    assert.ok(await panel.page.getByText('Moorland Water').first().isVisible());
    const values = [];
    for (const label of ['First name', 'Last name', 'Email', 'Telephone'])
      values.push(await panel.page.getByLabel(label, { exact: true }).inputValue());
    assert.deepEqual(values, ['Sian', 'Byrne', 'sian.byrne@example.org', '07700 900123']);
  });

  it('shows every other attribute, and an empty one as empty', async () => {
    await show('ready');
    const rows = await texts('.details dl > div');
    assert.ok(rows.some((row) => /Association\s+occupier/.test(row)));
    assert.ok(rows.some((row) => /Preferred channel\s+empty/.test(row)));
    assert.ok(rows.some((row) => /"languages": \[\s+"cy",\s+"en"\s+\]/.test(row)));
  });

  it('shows moments in the person’s format and time zone, exactly on hover', async () => {
    await show('ready');
    const time = panel.page.locator('.details time').nth(1);
    assert.equal(await seen(time), '3 Mar 2024, 09:32');
    assert.equal(await time.getAttribute('datetime'), '2024-03-03T10:32:07.123456789+01:00');
    const title = await time.getAttribute('title');
    assert.match(title ?? '', /^2024-03-03T10:32:07\.123456789\+01:00\nSunday/);
    assert.match((await texts('.details dl > div')).at(-1) ?? '', /Modified\s+last Tuesday/);
  });

  it('writes dates and numbers in the display language, and in the browser’s where that is none', async () => {
    const body = ready({ relationships: withRelated('interactions', { rest: 1990 }) });
    const shown = async (language: string) => {
      await panel.show(inLanguage(language, body));
      const moment = await seen(panel.page.locator('.details time').nth(1));
      return [moment, await seen(panel.page.locator('.count').nth(1))];
    };
    assert.deepEqual(await shown('de'), ['03.03.2024, 09:32', '2.000']);
    assert.deepEqual(await shown('fr'), ['3 mars 2024, 09:32', '2\u202f000']);
    // The browser's locale is British.
    for (const language of ['en', 'qps-ploc', 'not a language'])
      assert.deepEqual(await shown(language), ['3 Mar 2024, 09:32', '2,000'], language);
  });

  it('shows the full id and the type', async () => {
    await show('ready');
    assert.match(await seen(panel.page.getByRole('contentinfo')), new RegExp(`${contactId}[^]*contacts`));
  });

  it('shows each relationship under its heading, with how many a list has', async () => {
    await show('ready');
    const headings = await panel.page.getByRole('heading', { level: 3 }).allInnerTexts();
    assert.deepEqual(headings, ['Accounts', 'Author', 'Interactions', 'Organisation']);
    assert.deepEqual(await texts('.count'), ['1', '12']);
    assert.match((await texts('.relationship'))[2]!, /28 Mar 2024, 10:32 · Telephone · Inbound · completed/);
    assert.match((await texts('.relationship'))[2]!, /Asked about the meter/);
  });

  it('tells an empty relationship from one that was not given', async () => {
    await show('empty');
    const [accounts, interactions] = await texts('.relationship');
    assert.match(accounts!, /Accounts\s+None/);
    assert.match(interactions!, /Interactions\s+Not provided by Ctrl Hub/);
  });

  it('shows the first ten of many, asks for more on demand, and goes on from there', async () => {
    await show('many');
    const items = panel.page.locator('.relationship').nth(2).locator('li');
    assert.equal(await items.count(), 10);
    assert.equal(await seen(panel.page.locator('.count').nth(1)), '200');
    await panel.posts();
    await panel.page.getByRole('button', { name: 'Show 10 more' }).click();
    assert.deepEqual(await panel.posts(), [{ type: 'related', act: 'more', name: 'interactions' }]);
    const relationships = withRelated('interactions', { items: interactions(20), rest: 180 });
    await panel.show(panelState(ready({ relationships })));
    assert.equal(await items.count(), 20);
    const focused = await items.nth(10).evaluate((item) => item.contains(document.activeElement));
    assert.ok(focused, 'the focus is on the first of those shown');
  });

  it('says why a contact cannot be shown, and what can be done', async () => {
    await show('loadFailed');
    assert.match(await seen(panel.page.getByRole('alert')), /Could not reach Ctrl Hub.*ENOTFOUND/s);
    await panel.posts();
    await panel.page.getByRole('button', { name: 'Copy trace ID' }).click();
    await panel.page.getByRole('button', { name: 'Retry' }).click();
    await panel.page.getByRole('button', { name: 'Show Log' }).click();
    assert.deepEqual(await panel.posts(), [
      { type: 'copy', id: '4bf92f3577b34da6a3ce929d0e0e4736' },
      { type: 'retry' },
      { type: 'showLog' },
    ]);
    await show('signedOut');
    await panel.page.getByRole('button', { name: 'Sign In' }).click();
    assert.deepEqual(await panel.posts(), [{ type: 'signIn' }]);
    await show('sampleDataLeft');
    await panel.button('Try with Sample Data').click();
    assert.deepEqual(await panel.posts(), [{ type: 'useSampleData' }]);
  });

  it('copies by names that say whose id it is, and says that it did', async () => {
    await show('ready');
    await panel.posts();
    await panel.page.getByRole('button', { name: 'Copy ID of Sian Byrne', exact: true }).click();
    await panel.page.getByRole('button', { name: 'Copy ID of Ruth Author', exact: true }).click();
    assert.deepEqual(await panel.posts(), [
      { type: 'copy', id: contactId },
      { type: 'copy', id: '7d1b5f1e-0000-4000-8000-000000000002' },
    ]);
    assert.equal(await seen(panel.page.locator('.hidden[aria-live]')), 'Copied');
  });

  it('says that it copied what was typed, in a sign, too', async () => {
    await show('deleted');
    await panel.posts();
    const copy = panel.button('Copy what I typed');
    assert.equal(await copy.locator('.icon-check').count(), 0);
    await copy.click();
    assert.deepEqual(await panel.posts(), [{ type: 'copyDraft' }]);
    assert.equal(await seen(panel.page.locator('.hidden[aria-live]')), 'Copied');
    assert.equal(await copy.locator('.icon-check').count(), 1);
  });

  it('shows hostile text as text, and not all of a megabyte', async () => {
    await show('hostile');
    assert.equal(await panel.page.locator('img, b').count(), 0);
    assert.equal(await panel.page.title(), 'Contact');
    assert.equal(await seen(panel.page.getByRole('heading', { level: 1 })), markup);
    const values = await texts('.details dd');
    assert.equal(values[0], markup);
    assert.ok(values.every((value) => value.length <= 4001));
    assert.match(values[1]!, /…$/);
  });

  it('never cuts what is in a field', async () => {
    const long = 'z'.repeat(100_000);
    const body = ready();
    await panel.show(
      panelState({ ...body, fields: body.fields.map((field) => ({ ...field, saved: long, value: long })) }),
    );
    assert.equal((await panel.page.getByLabel('Last name').inputValue()).length, 100_000);
  });

  it('lets a right-to-left name run its own way', async () => {
    await show('rightToLeft');
    const direction = (selector: string) =>
      panel.page.locator(selector).evaluate((element) => getComputedStyle(element).direction);
    assert.equal(await direction('h1 bdi'), 'rtl');
    assert.equal(await direction('#first_name'), 'rtl');
    assert.equal(await direction('#email'), 'ltr');
  });

  it('takes no notice of messages that are none of its own', async () => {
    await show('ready');
    await panel.page.evaluate(() => {
      for (const message of [null, 'state', 7, {}, { type: 'other' }]) window.postMessage(message, '*');
    });
    assert.equal(await seen(panel.page.getByRole('heading', { level: 1 })), 'Sian Byrne');
  });
});

function tops(elements: readonly Element[]): readonly number[] {
  return elements.map((element) => element.getBoundingClientRect().top);
}
