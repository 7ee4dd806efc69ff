import assert from 'node:assert/strict';
import {
  editedNotes,
  historyEvents,
  interactions,
  newInteraction,
  panelState,
  panelStates,
  ready,
  withRelated,
} from '../fixtures/panelStates';
import { panelForEach } from '../support/panelForEach';
import { until } from '../support/until';
import { drawn, hasFocus, seen } from '../support/webviewPage';

describe('panel: related records', () => {
  const panel = panelForEach();

  const show = (name: string) => panel.show(panelStates[name] ?? assert.fail(name));
  const showWith = (name: string, change: Parameters<typeof withRelated>[1], heard?: number) =>
    panel.show(panelState(ready({ relationships: withRelated(name, change) })), heard);
  const { button } = panel;
  const part = (name: string) =>
    panel.page.locator('.relationship', { has: panel.page.getByRole('heading', { name }) });
  const focused = () => panel.page.evaluate(() => document.activeElement?.id);
  const posted = async () => {
    await drawn(panel.page);
    return panel.posts();
  };

  it('shows what was typed about an interaction that is gone, to be copied or thrown away', async () => {
    await show('notesLeft');
    const left = panel.page.getByRole('group', { name: 'This interaction is not listed any more.' }).first();
    assert.match(
      await seen(left),
      /Date and time\s+28 Mar 2024, 10:32\s+Notes\s+Will ring again,\nwith the date/,
    );
    assert.equal(await seen(part('Interactions').locator('.count')), '12', 'it is none of the listed');
    await panel.posts();
    await left.getByRole('button', { name: 'Copy what I typed' }).click();
    await left.getByRole('button', { name: 'Discard' }).click();
    assert.deepEqual(await panel.posts(), [
      { type: 'copyDraft' },
      { type: 'interactionDo', interactionId: '9f3c9999-1111-4222-8333-444455556666', act: 'drop' },
    ]);
    assert.equal(await seen(panel.page.locator('.hidden[aria-live]')), 'Copied');
    await show('ready');
    assert.ok(await hasFocus(button('Log Interaction…')), 'the focus stays near');
  });

  it('saves edited notes by the key that saves a contact; a new interaction is logged by its button only', async () => {
    await panel.page.evaluate(() => {
      window.addEventListener('keydown', ({ key }) => {
        if (key === 's') document.body.setAttribute('data-saves', 'contact');
      });
    });
    const saves = () => panel.page.locator('body').getAttribute('data-saves');
    await show('notes');
    await panel.page.getByRole('textbox', { name: 'Notes' }).press('Control+s');
    const sent = async () => (await posted()).filter(({ type }) => type === 'interactionDo');
    assert.deepEqual(await sent(), [
      { type: 'interactionDo', interactionId: '9f3c0000-1111-4222-8333-444455556666', act: 'send' },
    ]);
    assert.equal(await saves(), null, 'VS Code would save the contact');
    await show('logging');
    await panel.page.getByRole('textbox', { name: 'Notes' }).press('Control+s');
    assert.deepEqual(await sent(), []);
    assert.equal(await saves(), 'contact');
  });

  it('shows an address after a right-to-left name from left to right', async () => {
    const label = ['\u2068رقية\u2069, 12 High Street'];
    await showWith('accounts', { items: [{ type: 'accounts', id: 'a1', label }] });
    const [number = 0, street = 0] = await part('Accounts')
      .locator('.related-text p')
      .evaluate((element) => {
        const text = element.firstChild ?? element;
        return ['12', 'High'].map((word) => {
          const range = document.createRange();
          const at = (text.textContent ?? '').indexOf(word);
          range.setStart(text, at);
          range.setEnd(text, at + word.length);
          return range.getBoundingClientRect().left;
        });
      });
    assert.ok(number < street, `${number}, ${street}`);
  });

  it('asks for what is still to be read when it comes on screen, and not before', async () => {
    await panel.page.setViewportSize({ width: 600, height: 300 });
    const pending = interactions(3).map((item) => ({ ...item, pending: true }));
    await showWith('interactions', { items: pending });
    assert.deepEqual(await posted(), [{ type: 'ready' }]);
    await part('Interactions').scrollIntoViewIfNeeded();
    assert.deepEqual(await posted(), [{ type: 'related', act: 'seen', name: 'interactions' }]);
    assert.match(await seen(part('Interactions')), /Loading…/);
  });

  it('asks for what comes on screen while other rows are being read', async () => {
    const rows = interactions(4).map((item) => ({ ...item, pending: true }));
    const reading = { type: 'related', act: 'seen', name: 'interactions' };
    await showWith('interactions', { items: rows.slice(0, 3) });
    assert.deepEqual((await posted()).slice(1), [reading]);
    // The first record is read, and a reload brings one more.
    const [first = assert.fail(), ...others] = rows;
    await showWith('interactions', { items: [{ ...first, pending: false }, ...others.slice(0, 2)] });
    assert.deepEqual(await posted(), [], 'they were asked for');
    await showWith('interactions', { items: [{ ...first, pending: false }, ...others] });
    assert.deepEqual(await posted(), [reading]);
  });

  it('unfolds an account to its other contacts, and goes there', async () => {
    await show('ready');
    const fold = button('Other contacts of House 12, with Gwen Byrne');
    assert.equal(await fold.getAttribute('aria-expanded'), 'false');
    await panel.posts();
    await fold.click();
    assert.deepEqual(await panel.posts(), [{ type: 'fold', id: '7d1b5f1e-0000-4000-8000-000000000001' }]);
    await show('unfolded');
    assert.equal(await fold.getAttribute('aria-expanded'), 'true');
    assert.ok(await hasFocus(fold), 'the focus stays');
    await button('Gwen Byrne').click();
    assert.deepEqual(await panel.posts(), [{ type: 'openContact', id: 'c1' }]);
    assert.match(await seen(part('Accounts')), /Not shown: 3 more/);
  });

  it('says what failed in its own part, with a way on, and leaves the form alone', async () => {
    await show('relatedFailed');
    assert.match(await seen(part('Interactions').getByRole('alert')), /reported an internal error/);
    assert.equal(await panel.page.getByLabel('First name').inputValue(), 'Sian');
    await panel.posts();
    await part('Interactions').getByRole('button', { name: 'Retry' }).click();
    assert.deepEqual(await panel.posts(), [{ type: 'related', act: 'retry', name: 'interactions' }]);
  });

  it('logs an interaction: the focus goes into the form, each key to the host, and back afterwards', async () => {
    await show('ready');
    await panel.posts();
    await button('Log Interaction…').click();
    assert.deepEqual(await panel.posts(), [{ type: 'related', act: 'add', name: 'interactions' }]);
    await show('logging');
    assert.equal(await focused(), 'interaction--method');
    await panel.page.getByLabel('Method').selectOption('sms');
    await panel.page.getByLabel('Contacted').uncheck();
    await panel.page.getByLabel('Date and time').fill('2024-07-01T12:30');
    await panel.page.getByLabel('Notes', { exact: true }).pressSequentially('!');
    const typed = await panel.posts();
    const before = Object.fromEntries(newInteraction.fields.map(({ name, value }) => [name, value]));
    assert.deepEqual(typed, [
      { type: 'interaction', interactionId: '', field: 'method', value: 'sms', revision: 1, before },
      { type: 'interaction', interactionId: '', field: 'contacted', value: 'false', revision: 2, before },
      {
        type: 'interaction',
        interactionId: '',
        field: 'date_time',
        value: '2024-07-01T11:30:00.000Z',
        revision: 3,
        before,
      },
      {
        type: 'interaction',
        interactionId: '',
        field: 'notes',
        value: 'Asked about the meter!',
        revision: 4,
        before,
      },
    ]);
    await panel.page.keyboard.press('Enter');
    await panel.posts();
    await button('Log Interaction').click();
    assert.deepEqual(await panel.posts(), [{ type: 'interactionDo', interactionId: '', act: 'send' }]);
    await show('logSending');
    assert.ok(await button('Log Interaction').isDisabled());
    await show('logged');
    assert.match(await seen(part('Interactions').locator('.outcome').first()), /Interaction logged/);
  });

  it('keeps what the host has not heard of yet, then shows what it has, another window’s too', async () => {
    await show('logging');
    const notes = panel.page.getByLabel('Notes', { exact: true });
    const showNotes = async (revision: number, value: string) => {
      const body = panelStates.logging?.body;
      const form =
        body?.kind === 'ready' && body.relationships.find(({ name }) => name === 'interactions')?.form;
      if (!form) assert.fail('no form');
      const fields = form.fields.map((field) => (field.name === 'notes' ? { ...field, value } : field));
      await showWith('interactions', { form: { ...form, fields } }, revision);
    };
    await notes.fill('a');
    await notes.fill('ab');
    await showNotes(1, 'a');
    assert.equal(await notes.inputValue(), 'ab');
    await showNotes(2, 'ab');
    await showNotes(2, 'ab and what another window wrote');
    assert.equal(await notes.inputValue(), 'ab and what another window wrote');
  });

  it('gives the focus to what a command began, also before it is there, once', async () => {
    const ask = (relationship: string) =>
      panel.page.evaluate(
        (name) => window.postMessage({ type: 'focus', relationship: name }, '*'),
        relationship,
      );
    await ask('interactions');
    assert.deepEqual(await posted(), [{ type: 'ready' }]);
    await show('ready');
    await show('logging');
    assert.equal(await focused(), 'interaction--method');
    await show('ready');
    assert.deepEqual(await posted(), []);
    // A form that exists already is continued.
    await show('logging');
    await panel.page.getByLabel('First name').focus();
    await ask('interactions');
    await until('the focus', async () => (await focused()) === 'interaction--method');
    await ask('accounts');
    await until('the focus', async () => (await focused()) === 'add-accounts');
    assert.deepEqual(await posted(), [{ type: 'related', act: 'add', name: 'accounts' }]);
  });

  it('gives the focus back to the button when the form is done with', async () => {
    await show('logging');
    await panel.page.getByLabel('Notes', { exact: true }).focus();
    await show('logged');
    await drawn(panel.page);
    assert.equal(await focused(), 'add-interactions');
  });

  it('loses nobody’s focus while it is sent', async () => {
    await show('logging');
    await button('Log Interaction').focus();
    await show('logSending');
    await drawn(panel.page);
    await show('logRefused');
    assert.equal(await panel.page.evaluate(() => document.activeElement?.textContent), 'Log Interaction');
    await show('logSending');
    await drawn(panel.page);
    await show('logged');
    await drawn(panel.page);
    assert.equal(await focused(), 'add-interactions');
  });

  it('does not take the focus for a form that was there before', async () => {
    await show('logging');
    assert.equal(await focused(), '');
  });

  it('does not take the focus for a form that came after another button', async () => {
    await show('ready');
    await button('Link Account…').click();
    await show('logging');
    assert.ok(await hasFocus(button('Link Account…')));
  });

  it('shows the minute on the person’s own clock', async () => {
    await show('logging');
    assert.equal(await panel.page.getByLabel('Date and time').inputValue(), '2024-03-03T10:32');
  });

  it('lets nobody send it without a time', async () => {
    await show('logging');
    await panel.page.getByLabel('Date and time').fill('');
    await panel.posts();
    await button('Log Interaction').click();
    assert.deepEqual(await panel.posts(), []);
  });

  it('an older state of the host does not take back what is typed', async () => {
    await show('logging');
    await panel.page.getByLabel('Notes', { exact: true }).fill('Typed further');
    await show('logging');
    assert.equal(await panel.page.getByLabel('Notes', { exact: true }).inputValue(), 'Typed further');
  });

  it('explains a refusal in the form, in Ctrl Hub’s words too, and keeps what was typed', async () => {
    await show('logRefused');
    assert.match(await seen(panel.page.getByRole('alert')), /did not accept.*status must be one of/s);
    assert.equal(await panel.page.getByLabel('Notes', { exact: true }).inputValue(), 'Asked about the meter');
    assert.ok(await button('Log Interaction').isEnabled());
  });

  it('offers to look, and not to send, where it is not known', async () => {
    await show('logUnknown');
    assert.equal(await button('Log Interaction').count(), 0);
    await panel.posts();
    await button('Look in Ctrl Hub').click();
    await button('Discard').click();
    assert.deepEqual(await panel.posts(), [
      { type: 'interactionDo', interactionId: '', act: 'look' },
      { type: 'interactionDo', interactionId: '', act: 'drop' },
    ]);
  });

  it('edits notes in their place, and asks about a colleague’s', async () => {
    await show('ready');
    const [first] = interactions(1);
    await panel.posts();
    await part('Interactions')
      .getByRole('button', { name: /^Edit notes of 28 Mar 2024/ })
      .click();
    assert.deepEqual(await panel.posts(), [{ type: 'editNotes', id: first?.id }]);
    await showWith('interactions', { items: editedNotes() });
    assert.equal(await focused(), `interaction-${first?.id}-notes`);
    await show('notesConflict');
    assert.match(await seen(part('Interactions')), /Theirs: Asked about the meter. Call back on Monday/);
    assert.equal(await button('Save Notes').count(), 0);
    await panel.posts();
    await button('Mine').click();
    await button('Theirs').click();
    assert.deepEqual(await panel.posts(), [
      { type: 'interactionDo', interactionId: first?.id, act: 'mine' },
      { type: 'interactionDo', interactionId: first?.id, act: 'theirs' },
    ]);
  });

  it('two hundred interactions are no more for the page to draw than a dozen', async () => {
    const elements = { ready: 0, many: 0 };
    for (const name of ['ready', 'many'] as const) {
      await show(name);
      assert.equal(await panel.page.locator('.relationship').nth(2).locator('li').count(), 10);
      elements[name] = await panel.page.locator('*').count();
    }
    assert.ok(elements.many < 2 * elements.ready, JSON.stringify(elements));
  });

  it('unfolds the history, and shows more of it', async () => {
    await show('historyFolded');
    assert.equal(await button('History').getAttribute('aria-expanded'), 'false');
    await panel.posts();
    await button('History').click();
    assert.deepEqual(await panel.posts(), [{ type: 'history', act: 'fold' }]);
    await show('history');
    assert.match(
      await seen(part('History')),
      /3 Mar 2024, 10:32 · Ruth Author · Changed\s+Telephone: “.07700 900124.” became “.07700 900123.”/,
    );
    await button('Show 10 more').click();
    assert.deepEqual(await panel.posts(), [{ type: 'history', act: 'more' }]);
    const events = [...historyEvents, ...historyEvents];
    await panel.show(panelState(ready({ history: { unfolded: true, loading: false, events, more: false } })));
    assert.ok(
      await part('History')
        .locator('li')
        .nth(2)
        .evaluate((item) => item === document.activeElement),
    );
  });

  it('has no trace of a history that may not be read', async () => {
    await show('ready');
    assert.doesNotMatch(await seen(panel.page.locator('body')), /History/);
  });

  it('says whose the other side of a conflict is, where that may be known', async () => {
    await show('conflictKnown');
    assert.match(
      await seen(panel.page.getByRole('group', { name: 'First name' })),
      /changed by Ruth Author, 3 Mar 2024, 10:30/,
    );
  });

  it('takes a year digit by digit', async () => {
    await showWith('interactions', { form: newInteraction });
    const input = panel.page.locator('input[type=datetime-local]');
    const before = await input.inputValue();
    await input.focus();
    // The day and the month come first.
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.keyboard.press('ArrowRight');
    for (const digit of '2023') await panel.page.keyboard.type(digit);
    assert.equal(await input.inputValue(), before.replace(/^\d{4}/, '2023'));
  });
});
