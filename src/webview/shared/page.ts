/** Prepares the document of a page: its styles, without the text of its script. */
export function beginPage(styles: string): HTMLElement {
  // The text of the script and its nonce are no longer needed.
  document.currentScript?.remove();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return document.getElementById('root') ?? document.body;
}
