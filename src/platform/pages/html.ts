/** The HTML document of a page. It contains the script, which creates all dynamic content. */
interface Page {
  /** The source of the webview's own files. */
  readonly cspSource: string;
  readonly nonce: string;
  /** The source text of the script. */
  readonly script: string;
  /** The BCP 47 tag of the display language. */
  readonly language: string;
  readonly title: string;
  /** The text until the script draws the first state. */
  readonly loading: string;
}

export function pageHtml(page: Page): string {
  const policy = [
    "default-src 'none'",
    `style-src ${page.cspSource}`,
    `script-src 'nonce-${page.nonce}'`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
</head>
<body>
<div id="root"><main class="boot"><p>${escapeHtml(page.loading)}</p></main></div>
<script nonce="${escapeHtml(page.nonce)}">${withoutTags(page.script)}</script>
</body>
</html>
`;
}

/** HTML would end the script, or begin a comment, in the middle of one of its texts. */
const withoutTags = (script: string) => script.replace(/<(?=\/?script|!--)/gi, '\\x3C');

function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
