/** Tests that no typed character is lost while the host is slow and the page ends and returns. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fields, panelState, panelStates, ready } from '../fixtures/panelStates';
import { panelForEach } from '../support/panelForEach';
import { SlowHost } from '../support/slowHost';
import { seen } from '../support/webviewPage';

describe('panel: typing while the host is slow', () => {
  const panel = panelForEach();
  let host: SlowHost;
  beforeEach(async () => {
    host = new SlowHost(panel);
    await host.show();
  });

  const { field } = panel;
  const labels = ['First name', 'Notes'] as const;
  type Label = (typeof labels)[number];
  const hostHas = (label: Label) => (label === 'Notes' ? host.notes : host.edits.first_name);
  const memory = () => panel.page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  const forget = (name: string) =>
    panel.page.evaluate((start) => {
      for (const key of Object.keys(sessionStorage))
        if (key.startsWith(start)) sessionStorage.removeItem(key);
    }, name);
  /** Ends the page with all its undelivered messages. */
  const lose = () => panel.page.reload();

  for (const label of labels) {
    it(`${label}: an old state of the host takes nothing away`, async () => {
      await field(label).fill('');
      await field(label).pressSequentially('the quick brown fox');
      await host.carry();
      host.take(5);
      await host.show();
      assert.equal(await field(label).inputValue(), 'the quick brown fox');
      host.take();
      await host.show();
      assert.equal(await field(label).inputValue(), 'the quick brown fox');
      assert.equal(hostHas(label), 'the quick brown fox');
    });

    it(`${label}: a page that is made anew shows and hands over what was on its way`, async () => {
      await field(label).fill('');
      await field(label).pressSequentially('the quick ');
      await host.carry();
      host.take(4);
      await field(label).pressSequentially('brown fox');
      await lose();
      await host.show();
      assert.equal(await field(label).inputValue(), 'the quick brown fox');
      await host.carry();
      host.take();
      assert.equal(hostHas(label), 'the quick brown fox');
      await field(label).press('End');
      await field(label).pressSequentially('!');
      await host.carry();
      host.take();
      await host.show();
      assert.equal(hostHas(label), 'the quick brown fox!');
      assert.equal(await field(label).inputValue(), 'the quick brown fox!');
    });

    it(`${label}: what the host has it does not take a second time`, async () => {
      await field(label).fill('mine');
      await host.carry();
      await lose();
      host.take();
      await host.show();
      await host.carry();
      host.take();
      assert.equal(host.taken, 1);
    });

    for (const [lost, key] of [
      ['the browser’s', 'ctrlHub.typing'],
      ['VS Code’s', 'state'],
    ] as const)
      it(`${label}: it is there without ${lost} memory`, async () => {
        await field(label).fill('typed');
        await forget(key);
        await lose();
        await host.show();
        assert.equal(await field(label).inputValue(), 'typed');
        await host.carry();
        host.take();
        assert.equal(hostHas(label), 'typed');
      });

    it(`${label}: it is kept while there is no form, and the focus and the caret come back to it`, async () => {
      await field(label).fill('the fox');
      await field(label).evaluate((input: HTMLInputElement) => input.setSelectionRange(4, 4));
      await panel.page.keyboard.type('br');
      await panel.show(panelStates.loading!);
      assert.equal(await field(label).count(), 0);
      await host.show();
      assert.equal(await field(label).inputValue(), 'the brfox');
      await panel.page.keyboard.type('own ');
      assert.equal(await field(label).inputValue(), 'the brown fox');
      await lose();
      await host.show();
      await panel.page.keyboard.type('red ');
      assert.equal(await field(label).inputValue(), 'the brown red fox');
      await host.carry();
      host.take();
      assert.equal(hostHas(label), 'the brown red fox');
    });

    it(`${label}: no copy is left once the host has it`, async () => {
      await field(label).fill('Not to be left behind');
      assert.match(await memory(), /Not to be left behind/);
      await host.carry();
      host.take();
      await host.show();
      assert.doesNotMatch(await memory(), /Not to be left behind/);
    });

    it(`${label}: no copy is left of what is thrown away`, async () => {
      await field(label).fill('Not to be left behind');
      await panel.button(label === 'Notes' ? 'Discard' : 'Revert').click();
      assert.doesNotMatch(await memory(), /Not to be left behind/);
    });

    it(`${label}: a full one says so, and keeps what it holds`, async () => {
      const most = 'x'.repeat(1_000_000);
      await field(label).fill(most);
      assert.match(
        await seen(panel.page.locator('.warning[role=alert]')),
        /is full\. It holds at most 1,000,000 characters/,
      );
      await host.carry();
      host.take();
      assert.equal(hostHas(label), most);
      await field(label).fill('short');
      assert.equal(await panel.page.locator('.warning[role=alert]').count(), 0);
    });
  }

  it('what holds more than a person can type is changed without a loss', async () => {
    const longer = 'x'.repeat(1_200_000);
    await panel.show(panelState(ready({ fields: fields({ saved: { first_name: longer } }) })));
    assert.match(await seen(panel.page.locator('.warning[role=alert]')), /is full/);
    await field('First name').press('End');
    await panel.page.keyboard.press('Backspace');
    await host.carry();
    host.take();
    assert.equal(host.edits.first_name, longer.slice(1));
  });

  it('a choice that was on its way is there on the page that comes after', async () => {
    const conflicts = { first_name: { before: 'Sian', mine: 'Siân', theirs: 'Siani' } };
    const inConflict = panelState(ready({ fields: fields({ conflicts }), save: { kind: 'conflict' } }));
    await panel.show(inConflict);
    await panel.page.getByRole('radio', { name: 'Other' }).check();
    await field('Another value for First name').fill('Siân Mair');
    await lose();
    await panel.show(inConflict);
    assert.equal(await field('Another value for First name').inputValue(), 'Siân Mair');
    const choice = { field: 'first_name', theirs: 'Siani', choice: 'other', value: 'Siân Mair' };
    assert.deepEqual((await panel.posts()).at(-1), { type: 'choose', choice, revision: 2 });
  });

  it('holds whatever happens in whatever order', async () => {
    const step = fc.oneof(
      fc.constantFrom('carry', 'take', 'show', 'late', 'lose', 'noForm'),
      fc.record({ label: fc.constantFrom(...labels), text: fc.stringMatching(/^[a-z ]{1,5}$/) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (steps) => {
        await forget('');
        await lose();
        host = new SlowHost(panel);
        await host.show();
        const wanted = { 'First name': '', Notes: '' };
        for (const label of labels) await field(label).fill('');
        for (const next of steps) {
          if (typeof next === 'object') {
            await field(next.label).press('End');
            await panel.page.keyboard.type(next.text);
            wanted[next.label] += next.text;
          } else if (next === 'carry') await host.carry();
          else if (next === 'take') host.take(3);
          else if (next === 'show') await host.show();
          else if (next === 'lose') {
            await lose();
            await host.show();
          } else if (next === 'noForm') {
            await panel.show(panelStates.signedOut!);
            await host.show();
          } else {
            const late = host.state();
            await host.carry();
            host.take();
            await host.show(late);
          }
          for (const label of labels) assert.equal(await field(label).inputValue(), wanted[label]);
        }
        await host.carry();
        host.take();
        await host.show();
        for (const label of labels) {
          assert.equal(hostHas(label), wanted[label]);
          assert.equal(await field(label).inputValue(), wanted[label]);
        }
      }),
      { numRuns: 15 },
    );
  });
});
