/** The host sends what changed: a page that missed something asks for all of it. */
import assert from 'node:assert/strict';
import { deltaOf } from '../../src/protocol/delta';
import type { ChangeMessage, PanelState } from '../../src/protocol/state';
import { fields, panelState, panelStates, ready } from '../fixtures/panelStates';
import { panelForEach } from '../support/panelForEach';
import { hasFocus, seen } from '../support/webviewPage';

describe('panel: what changed of a state', () => {
  const panel = panelForEach();
  const before = panelStates.ready!;
  const after = panelState(ready({ fields: fields({ saved: { last_name: 'Byrne-Jones' } }) }), {
    title: 'Siân',
  });

  async function change(version: number, from: PanelState, to: PanelState) {
    const delta = deltaOf(from, to) ?? assert.fail('no change');
    const message: ChangeMessage = { type: 'change', version, delta };
    await panel.page.evaluate((sent) => {
      window.postMessage(sent, '*');
      return new Promise((done) => setTimeout(done));
    }, message);
  }
  const title = () => seen(panel.page.getByRole('heading', { level: 1 }));

  it('is drawn, and the rest stays as it is', async () => {
    await panel.show(before);
    await panel.field('First name').focus();
    await panel.posts();
    await change(2, before, after);
    assert.equal(await title(), 'Siân');
    assert.equal(await panel.field('Last name').inputValue(), 'Byrne-Jones');
    assert.equal(await panel.field('First name').inputValue(), 'Sian');
    assert.ok(await hasFocus(panel.field('First name')));
    assert.deepEqual(await panel.posts(), []);
  });

  it('of another state is not drawn: the page asks for the whole one, once', async () => {
    await panel.show(before);
    await panel.posts();
    await change(3, before, after);
    await change(4, before, after);
    assert.equal(await title(), 'Sian Byrne');
    assert.deepEqual(await panel.posts(), [{ type: 'ready' }]);
    await panel.show(after);
    assert.equal(await title(), 'Siân');
  });

  it('means nothing to a page that has only begun: it has asked already', async () => {
    await change(7, before, after);
    assert.equal(await panel.page.locator('h1').count(), 0);
    assert.deepEqual(await panel.posts(), [{ type: 'ready' }]);
  });
});
