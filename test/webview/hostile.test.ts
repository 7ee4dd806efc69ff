/** Tests that server text stays text in a real browser, under the panel's own policy. */
import assert from 'node:assert/strict';
import type { InteractionFormState } from '../../src/protocol/related';
import { fields, panelState, ready } from '../fixtures/panelStates';
import { hostileStrings } from '../support/hostileStrings';
import { panelBrowser } from '../support/panelForEach';
import { until } from '../support/until';
import type { PanelPage } from '../support/webviewPage';

describe('panel: hostile text', () => {
  const browser = panelBrowser();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await browser.open();
  });
  afterEach(function () {
    return this.currentTest?.state === 'failed' ? panel.discard() : panel.close();
  });

  /** The maximum length of texts about related records in the panel's state. */
  const most = 5000;
  const notice = (text: string) => {
    const part = text.slice(0, most);
    return { message: part, details: [part], traceId: part };
  };
  const draft = (text: string): InteractionFormState => ({
    interactionId: `${text.slice(0, 499)} `,
    title: 'Edit notes',
    send: 'Save Notes',
    fields: [
      {
        name: 'account',
        label: 'Account',
        kind: 'choice',
        value: '',
        options: [{ value: '', label: text.slice(0, most) }],
      },
      { name: 'date_time', label: 'Date and time', kind: 'time', value: text.slice(0, most) },
      // A text area takes the browser longer, and appears only when the user opens it.
      {
        name: 'notes',
        label: 'Notes',
        kind: 'notes',
        value: text.slice(0, 100_000),
        theirs: text.slice(0, most),
      },
    ],
    problem: notice(text),
  });
  /** Puts a text in all places that server text can reach. */
  const everywhere = (text: string) =>
    panelState(
      ready({
        fields: fields({ saved: { first_name: text, last_name: text, email: text, telephone: text } }),
        attributes: [
          { name: text, label: text, value: text },
          { name: `${text} `, label: text, value: text, json: true },
        ],
        id: text,
        type: text,
        times: [{ name: 'created_at', label: 'Created', value: text }],
        notices: [text],
        save: {
          kind: 'failed',
          problem: { message: text, details: [text], traceId: text, actions: ['retry'] },
        },
        relationships: [
          {
            name: text,
            label: text,
            items: [
              {
                type: text,
                id: text,
                label: [text, { time: text }],
                detail: text,
                fold: {
                  unfolded: true,
                  contacts: [{ id: text.slice(0, 500), label: text.slice(0, most) }],
                  more: 0,
                },
              },
              {
                type: text,
                id: `${text.slice(0, 499)} `,
                label: [text.slice(0, most)],
                editable: true,
                form: draft(text),
              },
            ],
            problem: notice(text),
            added: { problem: notice(text), look: true },
          },
        ],
        history: {
          unfolded: true,
          loading: false,
          events: [{ time: text.slice(0, most), title: text.slice(0, most), changes: [text.slice(0, most)] }],
          more: false,
          problem: notice(text),
        },
      }),
      { title: text, organisation: text },
    );
  /** Selects elements that the panel never creates, so that they come from server text. */
  const foreign =
    'img, iframe, object, embed, a[href], form[action], style, base, meta[http-equiv=refresh], body script:not([nonce]), [onerror], [onload], [onfocus], svg a';
  const drawn = () =>
    panel.page.evaluate((selector) => {
      const { hacked } = window as Window & { hacked?: boolean };
      return { hacked, foreign: document.querySelectorAll(selector).length };
    }, foreign);
  for (const [what, text] of Object.entries(hostileStrings))
    it(`is text everywhere, whole in its field, and can be shortened: ${what}`, async () => {
      const own = (await drawn()).foreign;
      await panel.show(everywhere(text));
      assert.deepEqual(await drawn(), { hacked: undefined, foreign: own });
      // A field has one line: a line break is shown as a space, and nothing else is changed.
      const whole = text.replace(/\r\n|[\r\n]/g, ' ').length;
      const length = () =>
        panel.page.evaluate(() => document.querySelector<HTMLInputElement>('#last_name')?.value.length ?? 0);
      assert.equal(await length(), whole);
      await panel.page.locator('#last_name').press('End');
      await panel.page.keyboard.press('Backspace');
      const edits = (await panel.posts()).filter(({ type }) => type === 'edit');
      assert.deepEqual(
        edits.map((edit) => edit.type === 'edit' && edit.value.length),
        [await length()],
      );
      assert.ok((await length()) < whole, 'it can be shortened');
      assert.deepEqual(await panel.complaints(), []);
    });

  it('may not become more: the policy of the real document refuses every way', async () => {
    await panel.show(everywhere('x'));
    const attempts: readonly [string, string][] = [
      [
        'an inline script',
        `const s = document.createElement('script'); s.textContent = 'window.hacked = true'; document.body.append(s)`,
      ],
      [
        'a script of another place',
        `const s = document.createElement('script'); s.src = location.origin + '/panel.js'; document.body.append(s)`,
      ],
      [
        'a handler in markup',
        `document.querySelector('main').insertAdjacentHTML('beforeend', '<i onclick="window.hacked = true">x</i>'); document.querySelector('main > i').click()`,
      ],
      [
        'an inline style',
        `document.querySelector('main').insertAdjacentHTML('beforeend', '<b style="color: red">x</b>')`,
      ],
      [
        'an own style sheet',
        `const s = document.createElement('style'); s.textContent = '* { color: red }'; document.head.append(s)`,
      ],
      [
        'a remote style sheet',
        `const s = document.createElement('link'); s.rel = 'stylesheet'; s.href = 'https://evil.example/x.css'; document.head.append(s)`,
      ],
      [
        'a picture',
        `document.body.append(Object.assign(new Image(), { src: 'https://evil.example/x.png' }))`,
      ],
      ['a picture of its own place', `document.body.append(Object.assign(new Image(), { src: '/x.png' }))`],
      [
        'a font',
        `document.fonts.add(new FontFace('x', 'url(https://evil.example/x.woff)')); document.fonts.load('1em x').catch(() => 0)`,
      ],
      ['a request', `fetch('https://evil.example/').catch(() => 0)`],
      ['a socket', `try { new WebSocket('wss://evil.example/') } catch {}`],
      ['a beacon', `navigator.sendBeacon('https://evil.example/')`],
      [
        'a frame',
        `document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://evil.example/' }))`,
      ],
      [
        'an object',
        `document.body.append(Object.assign(document.createElement('object'), { data: 'https://evil.example/' }))`,
      ],
      ['a sound', `document.body.append(Object.assign(new Audio(), { src: 'https://evil.example/' }))`],
      ['a worker', `try { new Worker('/panel.js') } catch {}`],
      [
        'a manifest',
        `document.head.append(Object.assign(document.createElement('link'), { rel: 'manifest', href: '/x.json' }))`,
      ],
      [
        'a base',
        `document.head.append(Object.assign(document.createElement('base'), { href: 'https://evil.example/' }))`,
      ],
      [
        'a form',
        `const f = Object.assign(document.createElement('form'), { action: 'https://evil.example/' }); document.body.append(f); f.submit()`,
      ],
    ];
    for (const [what, code] of attempts) {
      const before = (await panel.complaints()).length;
      await panel.page.evaluate(code);
      // Only a browser that can install pages requests a manifest.
      if (what !== 'a manifest')
        await until(`a complaint of ${what}`, async () => (await panel.complaints()).length > before);
    }
    assert.equal((await drawn()).hacked, undefined);
    assert.match(panel.page.url(), /^http:\/\/127\.0\.0\.1/);
  });
});
