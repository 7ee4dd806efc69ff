/** The page of a review, as it ships, in a real browser. */
import assert from 'node:assert/strict';
import type { ReviewIntent, ReviewMark, ReviewMessage, ReviewState } from '../../src/protocol/review';
import { longReview, reviewStates } from '../fixtures/reviewStates';
import { axeFindings, bringAxe } from '../support/axe';
import { panelBrowser } from '../support/panelForEach';
import { type PanelPage, type PanelSetup, seen } from '../support/webviewPage';

describe('the page of a review', () => {
  const browser = panelBrowser();
  let panel: PanelPage;
  const open = async (setup: PanelSetup = {}) => {
    panel = await browser.open({ ...setup, script: 'review' });
  };
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') return panel.discard().catch(() => undefined);
    assert.deepEqual(await panel.complaints(), []);
    await panel.close();
  });
  const send = async (message: ReviewMessage) => {
    await panel.page.evaluate((data) => window.postMessage(data, '*'), message);
    await panel.page.evaluate(() => new Promise((done) => setTimeout(done)));
  };
  const show = (state: ReviewState) => send({ type: 'review', state });
  const posts = async () => (await panel.posts()) as readonly unknown[] as readonly ReviewIntent[];
  const button = (name: string) => panel.page.getByRole('button', { name, exact: true });
  const box = (name: string) => panel.page.getByRole('checkbox', { name, exact: true });
  const shown = () => panel.page.locator('tbody:visible').count();

  for (const [name, state] of Object.entries(reviewStates))
    it(`is for everyone, in each theme: ${name}`, async () => {
      await open();
      await bringAxe(panel);
      await show(state);
      for (const width of [1000, 320]) {
        await panel.page.setViewportSize({ width, height: 800 });
        assert.deepEqual(await axeFindings(panel), [], `${width} px`);
        const isWide = () => document.documentElement.scrollWidth > window.innerWidth;
        assert.equal(await panel.page.evaluate(isWide), false, `${width} px: nothing sticks out`);
      }
    });

  it('shows before and after, and applies the revision that was seen', async () => {
    await open();
    assert.deepEqual(await posts(), [{ type: 'ready' }]);
    await show(reviewStates.ready!);
    const second = panel.page.locator('tbody').nth(1);
    assert.match(
      await seen(second),
      /Siân Byrne 1\s+Email\s+sian1@example\.org\s+byrne1@example\.com\s+Telephone\s+07700 900123\s+\(empty\)/,
    );
    await button('Apply to 3 contacts').click();
    await box('Include Siân Byrne 1').click();
    await button('Gwen Byrne').click();
    await button('Show as Diff').click();
    await button('Ada Byron').click();
    await button('Discard the File’s Drafts').click();
    const left = panel.page.getByRole('region', { name: /^Several contacts/ });
    assert.match(await seen(left), /Row 7 Zoë · zoe@example\.org/);
    assert.equal(await left.getByRole('button').count(), 0);
    assert.deepEqual(await posts(), [
      { type: 'apply', revision: 2 },
      { type: 'setIncluded', revision: 2, rows: [1], isIncluded: false },
      { type: 'openSkipped', revision: 2, group: 0, at: 0 },
      { type: 'compare' },
      { type: 'openSkipped', revision: 2, group: 2, at: 0 },
      { type: 'discard' },
    ]);
  });

  it('cannot be applied while contacts are read, or when there is nothing to do', async () => {
    await open();
    await show(reviewStates.reading!);
    assert.equal(await panel.page.getByRole('button', { name: /Apply/ }).count(), 0);
    await button('Cancel').click();
    const { head } = reviewStates.ready!;
    const apply = { label: 'Apply to 0 contacts', isEnabled: false };
    await send({ type: 'review', state: { ...reviewStates.ready!, head: { ...head, apply } } });
    assert.ok(await button('Apply to 0 contacts').isDisabled());
    assert.deepEqual((await posts()).slice(1), [{ type: 'cancel' }]);
  });

  it('finds contacts by any of their values, and excludes those that are shown', async () => {
    await open();
    await show(longReview(30));
    await panel.page.getByRole('searchbox').fill('BYRNE2 example.com');
    assert.equal(await shown(), 11);
    assert.match(await seen(panel.page.locator('.search')), /11 of 30 shown/);
    await box('Include all that are shown').click();
    const [, intent] = await posts();
    assert.deepEqual(intent?.type === 'setIncluded' && [intent.rows.length, intent.isIncluded], [11, false]);
  });

  it('tells how it goes, speaks when it matters, and loses no focus', async () => {
    await open();
    await show(reviewStates.ready!);
    await button('Apply to 3 contacts').focus();
    const { head } = reviewStates.ready!;
    const saved: ReviewMark = { canInclude: true, isIncluded: true, result: { kind: 'done', text: 'Saved' } };
    await send({
      type: 'reviewUpdate',
      revision: 2,
      head: {
        ...head,
        apply: { label: 'Apply to 3 contacts', isEnabled: false },
        status: 'Applying: 1 of 3 · 1 saved',
        announcement: 'Applying…',
        canInclude: false,
        canCancel: true,
      },
      marks: [[1, saved]],
    });
    assert.match(await seen(panel.page.locator('tbody').nth(1)), /Saved/);
    assert.equal(await seen(panel.page.locator('p.hidden[role=status]')), 'Applying…');
    const focused = () => panel.page.evaluate(() => document.activeElement?.textContent);
    assert.equal(await focused(), 'Applying: 1 of 3 · 1 saved');
    assert.ok(await box('Include Siân Byrne 0').isDisabled());
  });

  it('keeps what was searched for when VS Code makes the page anew', async () => {
    await open();
    await show(longReview(30));
    await panel.page.getByRole('searchbox').fill('byrne27@');
    await panel.page.reload();
    await show(longReview(30));
    assert.equal(await shown(), 1);
  });

  it('shows a thousand contacts, and what changes of one of them, at once', async () => {
    await open();
    await show(longReview(1_000));
    assert.equal(await panel.page.locator('tbody').count(), 1_000);
    const marked = await panel.page.evaluate(() => {
      let changes = 0;
      new MutationObserver((records) => {
        changes += records.length;
        Object.assign(window, { changes });
      }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
      return changes;
    });
    assert.equal(marked, 0);
    const { head } = reviewStates.ready!;
    const mark: ReviewMark = { canInclude: true, isIncluded: true, result: { kind: 'done', text: 'Saved' } };
    await send({ type: 'reviewUpdate', revision: 2, head, marks: [[999, mark]] });
    const changes = await panel.page.evaluate(() => (window as Window & { changes?: number }).changes ?? 0);
    assert.ok(changes > 0 && changes < 10, `${changes} changes of the page`);
  });
});
