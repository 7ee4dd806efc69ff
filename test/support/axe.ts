/** axe over a page: every rule, in each theme of VS Code. */
import { readFileSync } from 'node:fs';
import type axe from 'axe-core';
import { themes } from '../fixtures/themes';
import type { PanelPage } from './webviewPage';

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules that look at colours. All others look at the document and at where its elements are. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/** Gives a new page the tool. */
export const bringAxe = (panel: PanelPage) => panel.page.evaluate(axeSource);

/**
 * Returns what the rules find on the page as it is now. The first theme gets all of them, and so does each one
 * with another layout than the first; the others get those about colours.
 * @param panel a page that has the tool
 */
export async function axeFindings({ page }: PanelPage, fontSize = '13px'): Promise<readonly string[]> {
  const found: string[] = [];
  let first: string | undefined;
  for (const { name } of themes) {
    const layout = await page.evaluate(wear, { theme: name, fontSize });
    const isNew = layout !== first;
    first ??= layout;
    const findings = await page.evaluate(violations, isNew ? rules : ofColours);
    found.push(...findings.map((finding) => `${name}: ${finding}`));
  }
  return found;
}

/** @returns the place of each element of the page in that theme, and the ones that are seen */
function wear({ theme, fontSize }: { readonly theme: string; readonly fontSize: string }): string {
  const stage = window as Window & { wear?: (name: string) => void };
  if (stage.wear === undefined) throw new Error('The page has no themes.');
  stage.wear(theme);
  document.documentElement.style.setProperty('--vscode-font-size', fontSize);
  const places = [...document.body.querySelectorAll('*')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const isSeen = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return `${element.tagName} ${x} ${y} ${width} ${height} ${isSeen}`;
  });
  return places.join('\n');
}

async function violations(runOnly: string[]): Promise<readonly string[]> {
  const { axe: tool } = window as Window & { axe?: typeof axe };
  if (tool === undefined) throw new Error('The page has no axe.');
  const results = await tool.run(document, { runOnly, resultTypes: ['violations'] });
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
