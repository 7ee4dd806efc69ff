import assert from 'node:assert/strict';
import type { ReadyState } from '../../src/protocol/state';
import {
  bothChanged,
  conflict,
  fields,
  justSaved,
  panelState,
  panelStates,
  ready,
} from '../fixtures/panelStates';
import { panelForEach } from '../support/panelForEach';
import { drawn, seen } from '../support/webviewPage';

describe('panel: both changed the same field', () => {
  const panel = panelForEach();
  beforeEach(async () => {
    await panel.show(panelStates.changed!);
    await panel.show(conflict);
    await panel.posts();
  });

  const group = (name: string) => panel.page.getByRole('group', { name, exact: true });
  const radio = (field: string, name: string) => group(field).getByRole('radio', { name, exact: true });
  const { button } = panel;
  /** The messages, without the answers that the page reports at once. */
  const sent = async () => (await panel.posts()).filter(({ type }) => type !== 'choose');

  it('shows before, mine and theirs beside one another, and says that nothing was saved', async () => {
    assert.deepEqual((await seen(group('First name'))).split(/\n+/), [
      'First name',
      'Before',
      'Sian',
      'Mine',
      'Siân',
      'Theirs',
      'Sian Mair',
      'Other',
    ]);
    assert.match(await panel.status(), /Somebody else changed this too.*nothing is saved/);
    assert.equal(await panel.page.getByLabel('Last name', { exact: true }).inputValue(), 'Byrne');
    assert.equal(
      await panel.page.getByRole('group').count(),
      2,
      'only the fields in conflict are asked about',
    );
  });

  it('says an empty value in words', async () => {
    assert.match(await seen(group('Email')), /Mine\s+empty/);
  });

  it('takes the focus to the first choice, and nowhere else afterwards', async () => {
    assert.equal(await focus(), 'first_name-mine');
    await panel.page.getByLabel('Last name', { exact: true }).focus();
    await panel.show(conflict);
    assert.equal(await focus(), 'last_name');
  });

  it('saves only once every field has a choice', async () => {
    assert.ok(await button('Save').isDisabled());
    await radio('First name', 'Mine').check();
    assert.ok(await button('Save').isDisabled());
    await radio('Email', 'Theirs').check();
    await button('Save').click();
    assert.deepEqual(await sent(), [
      {
        type: 'resolve',
        choices: [
          { field: 'first_name', theirs: 'Sian Mair', choice: 'mine' },
          { field: 'email', theirs: 'office@example.org', choice: 'theirs' },
        ],
      },
    ]);
    assert.ok(await button('Save').isDisabled(), 'a second press would do nothing');
  });

  it('works by keyboard alone, with a third value', async () => {
    const { keyboard } = panel.page;
    await keyboard.press('Space');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await keyboard.press('Tab');
    assert.equal(
      await panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
      'Another value for First name',
    );
    await keyboard.press('Control+A');
    await keyboard.type('Siân Mair');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Space');
    await panel.posts();
    while ((await panel.page.evaluate(() => document.activeElement?.textContent)) !== 'Save')
      await keyboard.press('Tab');
    await keyboard.press('Enter');
    assert.deepEqual(await sent(), [
      {
        type: 'resolve',
        choices: [
          { field: 'first_name', theirs: 'Sian Mair', choice: 'other', value: 'Siân Mair' },
          { field: 'email', theirs: 'office@example.org', choice: 'mine' },
        ],
      },
    ]);
  });

  for (const [name, choice] of [
    ['Keep all mine', 'mine'],
    ['Take all theirs', 'theirs'],
  ]) {
    it(`"${name}" decides for every field at once`, async () => {
      await button(name!).click();
      assert.deepEqual(await sent(), [
        {
          type: 'resolve',
          choices: [
            { field: 'first_name', theirs: 'Sian Mair', choice },
            { field: 'email', theirs: 'office@example.org', choice },
          ],
        },
      ]);
    });
  }

  for (const width of [1200, 700, 300]) {
    it(`keeps the form where it was, and the buttons in sight, at ${width} px`, async () => {
      await panel.page.setViewportSize({ width, height: 500 });
      const left = async (name: string) => (await group(name).boundingBox())?.x ?? Number.NaN;
      assert.ok((await left('First name')) < 0.2 * width);
      await panel.page.evaluate(() => window.scrollTo(0, 200));
      const box = await button('Keep all mine').boundingBox();
      assert.ok(box && box.y >= 0 && box.y < 100, `at ${box?.y}`);
    });
  }

  /** VS Code receives the key and asks the host, as for the command in the Command Palette. */
  const askedToSave = (attempt: number) =>
    panel.show(panelState({ ...(conflict.body as ReadyState), attempt }));
  const focus = () => panel.page.evaluate(() => document.activeElement?.id);

  it('keeps what was chosen when Save is asked for by key, and goes to what is still to be chosen', async () => {
    await radio('First name', 'Other').check();
    await panel.field('Another value for First name').fill('Siân Mair');
    await panel.field('Last name').focus();
    await panel.page.keyboard.press('Control+s');
    await askedToSave(1);
    assert.deepEqual(await sent(), []);
    assert.equal(await focus(), 'email-mine');
    assert.equal(await panel.field('Another value for First name').inputValue(), 'Siân Mair');
    await panel.field('Last name').focus();
    await askedToSave(1);
    assert.equal(await focus(), 'last_name', 'nobody asked');
  });

  it('saves what was chosen when Save is asked for by key, once', async () => {
    await radio('First name', 'Other').check();
    await panel.field('Another value for First name').fill('Siân Mair');
    await radio('Email', 'Theirs').check();
    await askedToSave(1);
    const choices = [
      { field: 'first_name', theirs: 'Sian Mair', choice: 'other', value: 'Siân Mair' },
      { field: 'email', theirs: 'office@example.org', choice: 'theirs' },
    ];
    assert.deepEqual(await sent(), [{ type: 'resolve', choices }]);
    // A sent answer may lead to the same question.
    await askedToSave(2);
    assert.deepEqual(await sent(), []);
    await askedToSave(3);
    assert.deepEqual(await sent(), [{ type: 'resolve', choices }]);
  });

  it('takes the focus on to the field when it is decided', async () => {
    await radio('Email', 'Theirs').check();
    await panel.show(panelStates.saving!);
    await drawn(panel.page);
    assert.equal(await focus(), 'email');
  });

  it('tells the host of each choice, and shows it again on a page that was made anew', async () => {
    await radio('First name', 'Other').check();
    await panel.field('Another value for First name').fill('Siân Mair');
    const chosen = { field: 'first_name', theirs: 'Sian Mair', choice: 'other', value: 'Siân Mair' } as const;
    assert.deepEqual((await panel.posts()).at(-1), { type: 'choose', choice: chosen, revision: 2 });
    const { first_name, email } = bothChanged;
    const conflicts = { first_name: { ...first_name!, chosen }, email: email! };
    const again = panelState(ready({ fields: fields({ conflicts }), save: { kind: 'conflict' } }));
    await panel.show(panelStates.changed!);
    await panel.show(again);
    assert.equal(await panel.field('Another value for First name').inputValue(), 'Siân Mair');
    assert.equal(await radio('Email', 'Mine').isChecked(), false);
  });

  it('forgets a choice when a colleague’s value changes again, but nothing that was typed', async () => {
    await radio('Email', 'Mine').check();
    await radio('First name', 'Other').check();
    await panel.field('Another value for First name').fill('Siân Mair');
    const { first_name, email } = bothChanged;
    const conflicts = {
      first_name: { ...first_name!, theirs: 'Later' },
      email: { ...email!, theirs: 'later@example.org' },
    };
    await panel.show(panelState(ready({ fields: fields({ conflicts }), save: { kind: 'conflict' } })));
    assert.equal(await radio('Email', 'Mine').isChecked(), false);
    assert.equal(await radio('First name', 'Other').isChecked(), false);
    await panel.field('Another value for First name').fill('Siân Mairwen');
    assert.equal(await radio('First name', 'Other').isChecked(), true);
    await radio('First name', 'Theirs').check();
    await radio('First name', 'Other').check();
    assert.equal(await panel.field('Another value for First name').inputValue(), 'Siân Mairwen');
  });

  it('forgets a choice with its conflict', async () => {
    await radio('First name', 'Mine').check();
    await panel.show(panelState(ready({ save: justSaved })), 1);
    await panel.show(
      panelState(
        ready({
          fields: fields({ conflicts: { first_name: bothChanged.first_name! } }),
          save: { kind: 'conflict' },
        }),
      ),
    );
    assert.equal(await radio('First name', 'Mine').isChecked(), false);
  });
});
