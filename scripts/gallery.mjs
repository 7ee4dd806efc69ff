// Draws every state of the panel in every theme: run `npm run gallery`, then open out/gallery/index.html.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import '../test/support/vscodeAlias.cjs';
import { require } from 'tsx/cjs/api';

const load = (file) => require(file, import.meta.url);
const { startPanelBrowser } = load('../test/support/webviewPage.ts');
const { panelStates } = load('../test/fixtures/panelStates.ts');
const { themes } = load('../test/fixtures/themes.ts');

const out = join(import.meta.dirname, '../out/gallery');
const widths = [1200, 700, 300];
const escapeHtml = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const browser = await startPanelBrowser();
const pictures = [];
try {
  for (const theme of themes)
    for (const width of widths) {
      const panel = await browser.open({ theme, width, height: 720 });
      for (const [state, value] of Object.entries(panelStates)) {
        await panel.show(value);
        const file = `${state}-${theme.name}-${width}.png`;
        // The picture shows the whole page, up to 3,000 pixels.
        const height = await panel.page.evaluate(() => document.documentElement.scrollHeight);
        await panel.page.setViewportSize({ width, height: Math.min(Math.max(height, 720), 3000) });
        await panel.page.screenshot({ path: join(out, file) });
        await panel.page.setViewportSize({ width, height: 720 });
        pictures.push({ state, theme: theme.name, width, file });
      }
      await panel.close();
    }
} finally {
  await browser.close();
}

const figures = Object.keys(panelStates).map((state) => {
  const own = pictures.filter((picture) => picture.state === state);
  const images = own.map(
    ({ theme, width, file }) =>
      `<figure><img src="${escapeHtml(file)}" alt="${escapeHtml(`${state} in ${theme} at ${width} px`)}" loading="lazy"><figcaption>${escapeHtml(theme)}, ${width} px</figcaption></figure>`,
  );
  return `<h2>${escapeHtml(state)}</h2><div>${images.join('')}</div>`;
});
writeFileSync(
  join(out, 'index.html'),
  `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Panel gallery</title>
<style>body{font-family:sans-serif;margin:2em}div{display:flex;gap:1em;overflow:auto}figure{margin:0}img{max-height:480px;border:1px solid #888}</style>
<h1>Panel gallery</h1>${figures.join('\n')}</html>\n`,
);
console.log(`${pictures.length} pictures: ${join(out, 'index.html')}`);
