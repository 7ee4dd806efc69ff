import assert from 'node:assert/strict';
import { panelStates } from '../fixtures/panelStates';
import { themes } from '../fixtures/themes';
import { axeFindings, bringAxe } from '../support/axe';
import { panelBrowser } from '../support/panelForEach';
import type { PanelPage } from '../support/webviewPage';

/** The initial size, a narrow one next to an editor, and 200 %. */
const sizes = [
  [1000, '13px'],
  [300, '13px'],
  [600, '26px'],
] as const;

describe('panel: for everyone', () => {
  const browser = panelBrowser();

  describe('in each theme', () => {
    let panel: PanelPage | undefined;
    // After a failure, the next state gets a new page, because it must not inherit the failure.
    afterEach(async function () {
      if (this.currentTest?.state !== 'failed') return;
      const broken = panel;
      panel = undefined;
      // A page that ended with its browser cannot be closed; the test has already failed.
      await broken?.discard().catch(() => undefined);
    });
    after(() => panel?.close());

    for (const [name, state] of Object.entries(panelStates)) {
      it(`axe finds nothing: ${name}`, async () => {
        if (panel === undefined) {
          panel = await browser.open();
          await bringAxe(panel);
        }
        await panel.show(state);
        for (const [width, fontSize] of sizes) {
          await panel.page.setViewportSize({ width, height: 800 });
          assert.deepEqual(await axeFindings(panel, fontSize), [], `${width} px, ${fontSize}`);
          assert.deepEqual(await panel.complaints(), []);
        }
      });
    }
  });

  for (const [name, state] of Object.entries(panelStates)) {
    it(`nothing is cut at 300 px, nor at twice the size: ${name}`, async () => {
      const panel = await browser.open({ width: 300 });
      await panel.show(state);
      assert.deepEqual(await panel.page.evaluate(findCut), []);
      await panel.page.evaluate(setFontSize, '26px');
      for (const width of [400, 900]) {
        await panel.page.setViewportSize({ width, height: 600 });
        assert.deepEqual(await panel.page.evaluate(findCut), []);
      }
      await panel.close();
    });
  }

  it('goes by Tab through the form, then to Save, then to the related records', async () => {
    const panel = await browser.open();
    await panel.show(panelStates.changed!);
    const order: string[] = [];
    for (let step = 0; step < 11; step++) {
      await panel.page.keyboard.press('Tab');
      order.push(
        await panel.page.evaluate(() => {
          const element = document.activeElement;
          return (
            element?.getAttribute('aria-label') ?? element?.getAttribute('name') ?? element?.textContent ?? ''
          );
        }),
      );
    }
    assert.deepEqual(order, [
      'Revert First name',
      'first_name',
      'last_name',
      'email',
      'Revert Telephone',
      'telephone',
      'Skip to related records',
      'Save',
      'Revert',
      'Link Account…',
      'Other contacts of House 12, with Gwen Byrne',
    ]);
    await panel.close();
  });

  it('skips to the related records', async () => {
    const panel = await browser.open({ height: 300 });
    await panel.show(panelStates.many!);
    await panel.page.getByLabel('Telephone', { exact: true }).focus();
    await panel.page.keyboard.press('Tab');
    const skip = panel.page.getByRole('button', { name: 'Skip to related records' });
    assert.ok((await skip.boundingBox())!.y >= 0, 'it shows itself');
    await panel.page.keyboard.press('Enter');
    const focused = await panel.page.evaluate(() => document.activeElement?.textContent);
    assert.equal(focused, 'Related records');
    await panel.page.keyboard.press('Tab');
    const next = await panel.page.evaluate(() => document.activeElement?.textContent);
    assert.equal(next, 'Link Account…');
    await panel.close();
  });

  it('keeps Save and the state in sight, and the focused field out from under them', async () => {
    const panel = await browser.open({ width: 900, height: 400 });
    await panel.show(panelStates.many!);
    await panel.page.evaluate(() => window.scrollTo(0, 2000));
    const top = async (name: string) => (await panel.page.locator(name).boundingBox())!.y;
    assert.equal(await top('header'), 0);
    assert.equal(await top('.actions'), 0);
    await panel.page.getByLabel('Last name').focus();
    const header = (await panel.page.locator('header').boundingBox())!;
    assert.ok((await top('#last_name')) >= header.y + header.height);
    await panel.close();
  });

  it('leaves the form in reach under many texts of another window', async () => {
    const panel = await browser.open({ width: 300, height: 400 });
    await panel.show(panelStates.severalOthers!);
    await panel.page.getByLabel('Last name').focus();
    const isOnTop = await panel.page.getByLabel('Last name').evaluate((field) => {
      const { x, y, width, height } = field.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2) === field;
    });
    assert.ok(isOnTop);
    await panel.close();
  });

  it('keeps the sign of “Not saved” within the page’s margin at 300 px', async () => {
    const panel = await browser.open({ width: 300 });
    await panel.show(panelStates.nameRefused!);
    const left = async (place: string) => (await panel.page.locator(place).boundingBox())!.x;
    assert.ok((await left('.status svg')) >= (await left('h1')));
    await panel.close();
  });

  it('shows where the focus is', async () => {
    const panel = await browser.open({ theme: themes[2]! });
    await panel.show(panelStates.changed!);
    for (let step = 0; step < 10; step++) {
      await panel.page.keyboard.press('Tab');
      const outline = await panel.page.evaluate(() => {
        const { outlineStyle, outlineColor, outlineWidth } = getComputedStyle(document.activeElement!);
        return `${outlineStyle} ${outlineWidth} ${outlineColor}`;
      });
      assert.equal(outline, 'solid 1px rgb(243, 133, 24)');
    }
    await panel.close();
  });

  it('has no left and right: what is written from the right has all on its other side', async () => {
    const panel = await browser.open();
    assert.deepEqual(await panel.page.evaluate(oneSided), []);
    await panel.close();
  });

  it('keeps still for those who ask for that', async () => {
    for (const reducedMotion of [true, false]) {
      const panel = await browser.open({ reducedMotion });
      await panel.show(panelStates.saving!);
      const moving = await panel.page.evaluate(() => document.getAnimations().length > 0);
      assert.equal(moving, !reducedMotion);
      await panel.close();
    }
  });
});

function setFontSize(size: string) {
  document.documentElement.style.setProperty('--vscode-font-size', size);
}

/** Finds elements that exceed the window or hide a part of their own text. */
function findCut(): readonly string[] {
  const wide = document.documentElement.scrollWidth > window.innerWidth ? ['the page scrolls sideways'] : [];
  const cut = [...document.querySelectorAll('#root *:not(.hidden):not(input):not(.icon)')].filter(
    (element) => {
      const box = element.getBoundingClientRect();
      return (
        box.width > 0 &&
        (box.right > window.innerWidth + 1 || box.left < -1 || element.scrollWidth > box.width + 2)
      );
    },
  );
  const header = document.querySelector('header')?.getBoundingClientRect().bottom ?? 0;
  const below = [...document.querySelectorAll('.column, .problem')];
  const under = below.filter((element) => element.getBoundingClientRect().top < header - window.scrollY);
  const hidden = under.map((element) => `${element.className} is behind the header`);
  return [
    ...wide,
    ...hidden,
    ...cut.map((element) => `${element.className} ${element.textContent?.slice(0, 60)}`),
  ];
}

/** Finds the panel's rules for left or right that should be for start or end. */
function oneSided(): readonly string[] {
  const rules = document.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules]);
  // Nested rules of a group are appended during the loop.
  for (const rule of rules) if (rule instanceof CSSGroupingRule) rules.push(...rule.cssRules);
  return rules.flatMap((rule) => {
    if (!(rule instanceof CSSStyleRule)) return [];
    const { style, selectorText } = rule;
    const uneven = ['margin-*', 'padding-*', 'border-*-width', '*'].some(
      (name) =>
        style.getPropertyValue(name.replace('*', 'left')) !==
        style.getPropertyValue(name.replace('*', 'right')),
    );
    return uneven || /left|right/.test(style.textAlign) ? [selectorText] : [];
  });
}
