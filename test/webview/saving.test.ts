import assert from 'node:assert/strict';
import type { FieldName } from '../../src/protocol/fields';
import type { SaveState } from '../../src/protocol/state';
import { fieldErrors, fields, justSaved, panelState, panelStates, ready } from '../fixtures/panelStates';
import { panelForEach } from '../support/panelForEach';
import { drawn, hasFocus, seen } from '../support/webviewPage';

type Texts = Partial<Record<FieldName, string>>;

const blocked: SaveState = {
  kind: 'failed',
  problem: { message: 'Not saved. Correct the marked fields first.', details: [], actions: [] },
};
const ended: SaveState = {
  kind: 'failed',
  unasked: true,
  problem: { message: 'Your session has ended.', details: [], actions: ['signIn'] },
};

describe('panel: saving', () => {
  const panel = panelForEach();
  beforeEach(async () => {
    await panel.show(panelStates.ready!);
    await field('First name').fill('Siân');
    await panel.posts();
  });

  const { field, status } = panel;
  const save = () => panel.button('Save');
  const answer = (
    state: SaveState,
    change: { typed?: Texts; errors?: Texts; saved?: Texts },
    revision = 1,
    attempt = 0,
  ) => panel.show(panelState(ready({ fields: fields(change), save: state, attempt })), revision);

  it('asks for one save, however often the button is pressed', async () => {
    await save().evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    assert.deepEqual(await panel.posts(), [{ type: 'save' }]);
    await answer({ kind: 'saving' }, { typed: { first_name: 'Siân' } });
    assert.ok(await save().isDisabled());
  });

  it('does not let a late echo of typing open the way for a second save', async () => {
    await save().click();
    await answer({ kind: 'idle' }, { typed: { first_name: 'Siân' } });
    assert.ok(await save().isDisabled());
  });

  it('says that it is saving, and that it has saved, in the same live region', async () => {
    await panel.page
      .locator('.status[role=status]')
      .evaluate((region) => region.setAttribute('data-same', 'yes'));
    await answer({ kind: 'saving' }, { typed: { first_name: 'Siân' } });
    assert.equal(await status(), 'Saving…');
    await answer(justSaved, { saved: { first_name: 'Siân', last_name: 'BYRNE' } });
    assert.equal(await status(), 'Contact saved');
    assert.equal(await field('Last name').inputValue(), 'BYRNE');
    assert.ok(await save().isDisabled());
    assert.equal(await panel.page.locator('.status[role=status]').getAttribute('data-same'), 'yes');
    assert.equal(await panel.page.locator('.status[role=status]').getAttribute('aria-live'), 'polite');
  });

  it('lets a person type on during a save, and keeps that', async () => {
    await answer({ kind: 'saving' }, { typed: { first_name: 'Siân' } });
    await field('Last name').fill('Bryn');
    assert.equal(await status(), 'Saving…');
    assert.ok(await save().isDisabled());
    await answer(justSaved, { saved: { first_name: 'Siân' } });
    assert.equal(await field('Last name').inputValue(), 'Bryn');
    assert.equal(await status(), 'Unsaved changes');
    assert.ok(await save().isEnabled());
  });

  it('goes to the first field in error and says what is wrong with it', async () => {
    await field('Email').fill('x');
    await field('Last name').focus();
    await answer({ kind: 'saving' }, { typed: { first_name: 'Siân', email: 'x' } }, 2);
    const refused = {
      typed: { first_name: 'Siân', email: 'x' },
      errors: { email: 'No @.', telephone: 'Too short.' },
    };
    await answer(fieldErrors, refused, 2);
    assert.ok(await hasFocus(field('Email')));
    assert.equal(await field('Email').getAttribute('aria-invalid'), 'true');
    const described = (await field('Email').getAttribute('aria-describedby')) ?? '';
    const notes = await Promise.all(described.split(' ').map((id) => seen(panel.page.locator(`#${id}`))));
    assert.deepEqual(notes, ['was “sian.byrne@example.org”', 'No @.']);
    assert.equal(await field('First name').getAttribute('aria-invalid'), null);
    assert.equal(await status(), 'Not saved');
    assert.equal(await field('First name').inputValue(), 'Siân');
    // After that, the user may move the focus freely.
    await field('Telephone').focus();
    await answer(fieldErrors, refused, 2);
    assert.ok(await hasFocus(field('Telephone')));
  });

  it('does not take the focus while one types towards a right value', async () => {
    await field('Last name').focus();
    await answer({ kind: 'idle' }, { typed: { first_name: 'Siân' }, errors: { email: 'No @.' } });
    assert.ok(await hasFocus(field('Last name')));
    assert.equal(await field('Email').getAttribute('aria-invalid'), 'true');
  });

  it('does not take the focus for a problem that came without a save: a session that ended', async () => {
    await field('Email').fill('x');
    await field('Telephone').focus();
    const typed = { typed: { first_name: 'Siân', email: 'x' }, errors: { email: 'No @.' } };
    for (const before of [{ kind: 'idle' }, justSaved] as const) {
      await answer(before, typed, 2, 3);
      await answer(ended, typed, 2, 3);
      assert.match(await seen(panel.page.getByRole('alert')), /session has ended/);
      await panel.page.keyboard.type('0');
    }
    assert.ok(await hasFocus(field('Telephone')));
    assert.equal(await field('Telephone').inputValue(), '07700 90012300');
  });

  it('goes to the field in error, and says so again, each time that Save is asked for', async () => {
    await field('Email').fill('x');
    const typed = { typed: { first_name: 'Siân', email: 'x' }, errors: { email: 'No @.' } };
    const heard = panel.page.getByRole('alert');
    await answer(blocked, typed, 2, 1);
    assert.ok(await hasFocus(field('Email')), 'the first time');
    for (const attempt of [2, 3]) {
      await field('Telephone').focus();
      await answer(blocked, typed, 2, attempt - 1);
      assert.ok(await hasFocus(field('Telephone')), 'nobody asked');
      await heard.evaluate((alert) => alert.setAttribute('data-heard', 'yes'));
      await answer(blocked, typed, 2, attempt);
      assert.ok(await hasFocus(field('Email')), `time ${attempt}`);
      assert.equal(await heard.getAttribute('data-heard'), null, 'it is another alert');
    }
  });

  it('says what happened, with the trace id, and offers what can be done', async () => {
    await answer({ kind: 'saving' }, { typed: { first_name: 'Siân' } });
    await panel.show(panelStates.saveFailed!);
    assert.match(
      await seen(panel.page.getByRole('alert')),
      /Not saved\. Ctrl Hub reported an internal error/,
    );
    assert.ok(await panel.page.getByText('4bf92f3577b34da6a3ce929d0e0e4736').isVisible());
    assert.ok(await save().isEnabled());
    await panel.posts();
    await panel.page.getByRole('button', { name: 'Retry' }).click();
    assert.deepEqual(await panel.posts(), [{ type: 'retry' }]);
  });

  it('is said to have failed by one voice, and not where nobody saved', async () => {
    const typed = { typed: { first_name: 'Siân' } };
    const region = panel.page.locator('.status[role=status]');
    await answer({ kind: 'saving' }, typed);
    await panel.show(panelStates.saveFailed!);
    assert.match(await seen(panel.page.getByRole('alert')), /^Not saved\. /);
    assert.equal(await status(), 'Not saved', 'for the eye');
    assert.equal(await seen(region), '', 'the alert says it');
    await answer({ kind: 'idle' }, typed);
    await answer(ended, typed);
    assert.equal(await seen(region), 'Unsaved changes');
    assert.equal(await status(), 'Unsaved changes');
  });

  it('gives the focus back to Save after a save that failed', async () => {
    await save().focus();
    await panel.page.keyboard.press('Enter');
    await answer({ kind: 'saving' }, { typed: { first_name: 'Siân' } });
    await drawn(panel.page);
    assert.ok(await panel.page.evaluate(() => document.activeElement === document.body));
    await panel.show(panelStates.saveFailed!);
    assert.ok(await hasFocus(save()));
  });

  it('offers to save without an attribute, by a button that says what happens to it', async () => {
    await panel.show(panelStates.nameRefused!);
    await panel.button('Save without Preferred channel (removes it from the contact)').click();
    assert.deepEqual(await panel.posts(), [{ type: 'saveWithout', attempt: 3 }]);
  });

  it('lets nobody type over a list or an object', async () => {
    await panel.show(panelStates.structuredField!);
    const telephone = field('Telephone');
    assert.equal(await telephone.inputValue(), '{"work":"07700 900123","home":null}');
    assert.ok(await telephone.evaluate((input: HTMLInputElement) => input.readOnly));
    assert.ok(!(await field('Email').evaluate((input: HTMLInputElement) => input.readOnly)));
  });
});
