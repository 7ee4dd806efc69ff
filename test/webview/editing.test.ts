import assert from 'node:assert/strict';
import type { FieldName } from '../../src/protocol/fields';
import { fields, panelState, panelStates, ready } from '../fixtures/panelStates';
import { panelForEach } from '../support/panelForEach';
import { drawn, hasFocus, seen } from '../support/webviewPage';

describe('panel: editing', () => {
  const panel = panelForEach();
  beforeEach(async () => {
    await panel.show(panelStates.ready!);
    await panel.posts();
  });

  const { field, button } = panel;
  const echo = (revision: number, typed: Partial<Record<FieldName, string>>) =>
    panel.show(panelState(ready({ fields: fields({ typed }) })), revision);

  it('tells the host of every keystroke, in order', async () => {
    await field('First name').press('End');
    await panel.page.keyboard.type('ab');
    await field('Last name').press('Home');
    await panel.page.keyboard.type('O');
    assert.deepEqual(await panel.posts(), [
      { type: 'edit', field: 'first_name', value: 'Siana', revision: 1, base: 'Sian' },
      { type: 'edit', field: 'first_name', value: 'Sianab', revision: 2, base: 'Sian' },
      { type: 'edit', field: 'last_name', value: 'OByrne', revision: 3, base: 'Byrne' },
    ]);
  });

  it('counts on from what the host has', async () => {
    await field('First name').fill('S');
    await echo(41, { first_name: 'Siân' });
    await panel.posts();
    await field('First name').fill('Si');
    assert.deepEqual(await panel.posts(), [
      { type: 'edit', field: 'first_name', value: 'Si', revision: 42, base: 'Sian' },
    ]);
  });

  it('has a number as people write it beside the field, never in it, and in its description', async () => {
    await panel.show(panelStates.bareNumber!);
    const telephone = field('Telephone');
    assert.equal(await telephone.inputValue(), '+447700900123');
    const id = (await telephone.getAttribute('aria-describedby')) ?? '';
    assert.equal(await seen(panel.page.locator(`#${id}`)), '+44 7700 900123');
    const top = async () => (await telephone.boundingBox())?.y;
    const before = await top();
    await telephone.press('End');
    await panel.page.keyboard.type('4');
    assert.equal(await seen(panel.page.locator('#telephone-was')), 'was “+447700900123”');
    assert.equal(await panel.page.locator(`#${id}`).count(), 0);
    assert.equal(await telephone.getAttribute('aria-describedby'), 'telephone-was');
    assert.equal(await top(), before, 'nothing moves');
    assert.deepEqual(await panel.posts(), [
      { type: 'edit', field: 'telephone', value: '+4477009001234', revision: 1, base: '+447700900123' },
    ]);
  });

  it('posts exactly what was typed, white space and international domains too', async () => {
    await field('Email').fill(' jörg@bücher.example ');
    assert.deepEqual(await panel.posts(), [
      {
        type: 'edit',
        field: 'email',
        value: ' jörg@bücher.example ',
        revision: 1,
        base: 'sian.byrne@example.org',
      },
    ]);
  });

  it('keeps the caret and every key while the host echoes', async () => {
    // The host answers each edit with a whole state, at once, during typing.
    await panel.page.evaluate(
      (message) => {
        document.addEventListener('input', (event) => {
          const { name, value } = event.target as HTMLInputElement;
          const revision = Number(document.body.dataset.revision ?? '0') + 1;
          document.body.dataset.revision = String(revision);
          const echoed = structuredClone(message);
          const page = Reflect.get(window, 'typingPage');
          Object.assign(echoed.state, { heard: { page, revision } });
          for (const item of echoed.state.body.fields) if (item.name === name) Object.assign(item, { value });
          setTimeout(() => window.postMessage(echoed, '*'), revision % 3);
        });
      },
      {
        type: 'state',
        version: 1,
        state: panelState(ready()) as ReturnType<typeof panelState> & { body: ReturnType<typeof ready> },
      },
    );
    await field('First name').press('Home');
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.keyboard.type('the quick brown fox jumps', { delay: 2 });
    await drawn(panel.page);
    assert.equal(await field('First name').inputValue(), 'Sthe quick brown fox jumpsian');
    const caret = await field('First name').evaluate((input: HTMLInputElement) => input.selectionStart);
    assert.equal(caret, 'Sthe quick brown fox jumps'.length);
  });

  it('leaves the fields alone when a state is late, and takes everything else from it', async () => {
    await field('First name').fill('Sioned');
    await field('First name').fill('Sioned Mair');
    await panel.show(
      panelState(ready({ fields: fields({ typed: { first_name: 'Sioned' } }) }), { title: 'New title' }),
      1,
    );
    assert.equal(await field('First name').inputValue(), 'Sioned Mair');
    assert.equal(await seen(panel.page.getByRole('heading', { level: 1 })), 'New title');
    await panel.show(panelState(ready({ fields: fields({ saved: { first_name: 'Server' } }) })), 2);
    assert.equal(await field('First name').inputValue(), 'Server');
  });

  it('takes the host’s fields anew after they were gone, once the host has what was typed', async () => {
    await field('First name').fill('Sioned');
    await panel.show(panelStates.signedOut!);
    await panel.show(panelState(ready()));
    assert.equal(await field('First name').inputValue(), 'Sioned');
    await panel.show(panelState(ready()), 1);
    assert.equal(await field('First name').inputValue(), 'Sian');
    assert.ok(await button('Save').isDisabled());
  });

  it('turns Save and Revert on while something differs, as it is on screen', async () => {
    assert.ok(await button('Save').isDisabled());
    assert.ok(await button('Revert').isDisabled());
    await field('Telephone').fill('1');
    assert.ok(await button('Save').isEnabled());
    assert.ok(await button('Revert').isEnabled());
    assert.equal(await panel.status(), 'Unsaved changes');
    await field('Telephone').fill('07700 900123');
    assert.ok(await button('Save').isDisabled());
    assert.equal(await panel.status(), '');
  });

  it('marks a changed field, says what it was, and puts it back alone', async () => {
    await field('First name').fill('Siân');
    await field('Last name').fill('Bryn');
    await panel.posts();
    const row = panel.page.locator('.field', { has: field('First name') });
    assert.match(await seen(row), /was “Sian”/);
    const described = await field('First name').getAttribute('aria-describedby');
    assert.equal(await seen(panel.page.locator(`#${described}`)), 'was “Sian”');
    await button('Revert First name').click();
    assert.equal(await field('First name').inputValue(), 'Sian');
    assert.equal(await field('Last name').inputValue(), 'Bryn');
    assert.deepEqual(await panel.posts(), [
      { type: 'edit', field: 'first_name', value: 'Sian', revision: 3, base: 'Sian' },
    ]);
    assert.ok(await hasFocus(field('First name')));
    assert.doesNotMatch(await seen(row), /was/);
  });

  it('says that a field was empty', async () => {
    await panel.show(panelState(ready({ fields: fields({ saved: { telephone: '' } }) })));
    await field('Telephone').fill('1');
    assert.match(await seen(panel.page.locator('form')), /was empty/);
  });

  it('leaves it to the host to revert', async () => {
    await field('First name').fill('Siân');
    await panel.posts();
    await button('Revert').click();
    assert.deepEqual(await panel.posts(), [{ type: 'revert' }]);
    await echo(1, {});
    assert.equal(await field('First name').inputValue(), 'Sian');
    assert.ok(await button('Revert').isDisabled());
  });

  it('saves nothing on Enter', async () => {
    await field('First name').fill('Siân');
    await panel.posts();
    await field('First name').press('Enter');
    assert.deepEqual(await panel.posts(), []);
    assert.equal(await field('First name').inputValue(), 'Siân');
  });

  it('keeps the browser from saving the page, and lets the key through to VS Code', async () => {
    await panel.page.evaluate(() => {
      document.addEventListener('keydown', (event) => {
        setTimeout(() => document.body.setAttribute('data-key', `${event.key} ${event.defaultPrevented}`));
      });
    });
    await field('First name').press('Control+s');
    await drawn(panel.page);
    assert.equal(await panel.page.locator('body').getAttribute('data-key'), 's true');
    assert.deepEqual(await panel.posts(), []);
  });

  it('shows a line break of Ctrl Hub as a space, and gives it back with the saved value', async () => {
    await panel.show(panelState(ready({ fields: fields({ saved: { first_name: 'Anna\nMaria' } }) })));
    await field('First name').focus();
    await panel.page.keyboard.press('End');
    await panel.page.keyboard.type('!');
    assert.equal(await field('First name').inputValue(), 'Anna Maria!');
    await panel.page.keyboard.press('Backspace');
    const edits = (await panel.posts()).flatMap((post) => (post.type === 'edit' ? [post.value] : []));
    assert.deepEqual(edits, ['Anna Maria!', 'Anna\nMaria']);
    assert.equal(await panel.page.locator('.field.changed').count(), 0);
  });
});
