import assert from 'node:assert/strict';
import { pageHtml } from '../../src/platform/pages/html';

const page = {
  cspSource: 'https://*.vscode-cdn.net',
  nonce: 'bm9uY2U=',
  script: 'run()',
  language: 'cy',
  title: 'Contact',
  loading: 'Loading contact…',
};

describe('panel document', () => {
  it('allows its own style, font and script, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(pageHtml(page))?.[1];
    assert.equal(
      policy?.replaceAll('&#39;', "'"),
      "default-src 'none'; style-src https://*.vscode-cdn.net; " +
        "script-src 'nonce-bm9uY2U='; form-action 'none'; base-uri 'none'",
    );
  });

  it('says something before its script has run, in the language of the person', () => {
    const html = pageHtml(page);
    assert.match(html, /<html lang="cy">/);
    assert.match(html, /<div id="root">.*Loading contact….*<\/div>/);
    assert.match(html, /<script nonce="bm9uY2U=">run\(\)<\/script>/);
  });

  it('keeps every value text', () => {
    const bad = `"><script>alert('x')</script>&`;
    const html = pageHtml({ ...page, title: bad, loading: bad, language: bad, script: bad });
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.equal(html.match(/<\/script/g)?.length, 1);
    assert.ok(html.includes('<title>&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</title>'));
  });

  it('has no style and no handler of its own', () => {
    assert.doesNotMatch(pageHtml(page), /<style| style=| on[a-z]+=/);
  });
});
