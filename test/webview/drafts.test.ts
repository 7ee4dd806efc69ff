import assert from 'node:assert/strict';
import { fields, justSaved, panelState, panelStates, ready } from '../fixtures/panelStates';
import { panelForEach } from '../support/panelForEach';
import { until } from '../support/until';
import { seen } from '../support/webviewPage';

describe('panel: what is not saved yet', () => {
  const panel = panelForEach({ height: 400 });

  const { field, button, status } = panel;
  const notices = () => seen(panel.page.locator('.notices'));
  const posts = async () => (await panel.posts()).filter(({ type }) => type !== 'ready');

  it('offers the text of another window whole: to be copied, to be used, to be let go', async () => {
    await panel.show(panelStates.since!);
    const other = panel.page.locator('.other-text');
    assert.match(await seen(other), /Another window had “8” in Telephone/);
    for (const name of ['Copy the whole text', 'Use this text', 'Discard'])
      await other.getByRole('button', { name }).press('Enter');
    assert.deepEqual(
      (await posts()).filter((intent) => JSON.stringify(intent).includes('otherText')),
      ['copy', 'use', 'drop'].map((act) => ({ type: 'otherText', id: 'a1', act })),
    );
  });

  it('announces every text of another window, once', async () => {
    const others = [
      { id: 'a1', message: 'Another window had “8” in Telephone.' },
      { id: 'b2', message: 'Another window had “Ann” in First name.' },
    ];
    const said = panel.page.locator('.page > [aria-live]');
    await panel.show(panelState(ready({ others })));
    await said
      .filter({ hasText: '“8” in Telephone. Another window had “Ann” in First name.' })
      .waitFor({ state: 'attached' });
    const third = { id: 'c3', message: 'Another window had “” in Email.' };
    await panel.show(panelState(ready({ others: [...others, third] })));
    await said.filter({ hasText: /^Another window had “” in Email\.$/ }).waitFor({ state: 'attached' });
  });

  it('says since when, what each field was, and what happened meanwhile', async () => {
    await panel.show(panelStates.since!);
    assert.match(await status(), /Unsaved since 3 Mar 2024/);
    assert.match(await notices(), /Changed by somebody else meanwhile: Telephone/);
    assert.match(await seen(panel.page.locator('form')), /was “Sian”/);
    const described = (await field('Telephone').getAttribute('aria-describedby'))?.split(' ') ?? [];
    assert.ok(described.includes('telephone-warning'), 'the warning belongs to its field');
    assert.match(await seen(panel.page.locator('#telephone-warning')), /Save will ask/);
  });

  it('says the time alone when it began today', async () => {
    const today = new Date();
    await panel.show(
      panelState(ready({ since: today.toISOString(), fields: fields({ typed: { email: 'a@b.c' } }) })),
    );
    assert.match(await status(), /Unsaved since \d\d:\d\d$/);
  });

  it('a hint is in nobody’s way', async () => {
    await panel.show(panelStates.since!);
    assert.match(await seen(panel.page.locator('#email-hint')), /unusual/);
    assert.equal(await field('Email').getAttribute('aria-invalid'), null);
    assert.ok(await button('Save').isEnabled());
  });

  it('a revert can be taken back until something else is typed', async () => {
    await panel.show(panelStates.reverted!);
    assert.match(await status(), /Changes reverted/);
    await button('Undo').click();
    assert.deepEqual(await posts(), [{ type: 'unrevert' }]);
    await field('Email').fill('x@example.org');
    assert.equal(await button('Undo').count(), 0);
  });

  it('a save can be undone until the next edit, and says what else changed', async () => {
    await panel.show(panelStates.savedWithNotes!);
    assert.match(await status(), /Contact saved/);
    assert.match(await notices(), /Changed by somebody else meanwhile: Email/);
    assert.match(await notices(), /saved “\+447700900999” as Telephone/);
    await button('Undo').click();
    assert.deepEqual(await posts(), [{ type: 'undo' }]);
    await field('Email').fill('x@example.org');
    assert.equal(await button('Undo').count(), 0);
  });

  it('a save that changed nothing has nothing to undo', async () => {
    await panel.show(panelState(ready({ save: justSaved })));
    assert.equal(await button('Undo').count(), 0);
  });

  it('counts down while Ctrl Hub asks to wait, says it once to a screen reader, and can be cancelled', async () => {
    await panel.show(panelState(ready({ save: { kind: 'waiting', until: Date.now() + 60_000 } })));
    const shown = () => panel.page.locator('.status span[aria-hidden]').textContent();
    const first = await shown();
    assert.match(first ?? '', /Saving in \d+ s/);
    const spoken = await panel.page.locator('.status .hidden').textContent();
    await until('the next second', async () => (await shown()) !== first);
    assert.equal(await panel.page.locator('.status .hidden').textContent(), spoken);
    assert.ok(await button('Save').isDisabled());
    await button('Cancel').click();
    assert.deepEqual(await posts(), [{ type: 'cancelWait' }]);
  });

  it('read-only: what was typed can be read and copied, not changed', async () => {
    await panel.show(panelStates.readOnly!);
    assert.equal(await field('First name').inputValue(), 'Siân');
    assert.equal(await field('First name').getAttribute('readonly'), '');
    assert.ok(await button('Save').isDisabled());
    assert.ok(await button('Revert').isDisabled());
    await button('Copy what I typed').click();
    assert.deepEqual(await posts(), [{ type: 'copyDraft' }]);
  });

  it('deleted: what was typed is there to be copied', async () => {
    await panel.show(panelStates.deleted!);
    assert.match(await seen(panel.page.getByRole('alert')), /deleted in Ctrl Hub/);
    assert.match(
      await seen(panel.page.getByRole('main')),
      /What you typed[\s\S]*First name\s+Siân\s+Email\s+empty/,
    );
  });

  it('deleted: of two notes each has its line, and a moment is read as one', async () => {
    const body = panelStates.deleted!.body;
    assert.equal(body.kind, 'failed');
    const draft = [
      { label: 'Notes', value: 'Will ring again' },
      { label: 'Notes', value: '' },
      { label: 'Date and time', value: '2024-07-01T11:30:00.000Z', time: true },
    ];
    await panel.show(panelState({ ...body, draft }));
    assert.match(
      await seen(panel.page.getByRole('main')),
      /Notes\s+Will ring again\s+Notes\s+empty\s+Date and time\s+1 Jul 2024, 12:30/,
    );
  });

  it('comes back where the person was', async () => {
    await panel.show(panelStates.many!);
    await field('Last name').focus();
    await panel.page.mouse.wheel(0, 300);
    const before = await until('the page to have noted its place', () =>
      panel.page.evaluate(() => {
        const { scroll } = JSON.parse(sessionStorage.getItem('state') ?? '{}');
        return window.scrollY > 0 && scroll === window.scrollY ? scroll : 0;
      }),
    );
    await panel.page.reload();
    await panel.show(panelStates.many!);
    assert.equal(await panel.page.evaluate(() => window.scrollY), before);
    assert.equal(await panel.page.evaluate(() => document.activeElement?.id), 'last_name');
  });

  it('keeps what VS Code needs to open the panel again, and no more of the contact', async () => {
    await panel.show(panelStates.changed!);
    const kept = await panel.page.evaluate(() => sessionStorage.getItem('state') ?? '');
    // The position is stored after a delay, and only while the page has the focus.
    const { scroll: _, focus: __, caret: ___, ...known } = JSON.parse(kept);
    assert.deepEqual(Object.keys(known).sort(), ['contactId', 'organisationId', 'origin']);
  });
});
