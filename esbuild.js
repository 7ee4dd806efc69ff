// Builds every bundle: `node esbuild.js [--production] [--watch]`.
const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/**
 * Lets a bundle load another one on demand: a dynamic import of `from` becomes a `require` of that bundle's
 * file.
 */
const ownBundle = (from, file) => ({
  name: `own-bundle ${from}`,
  setup(build) {
    build.onResolve({ filter: new RegExp(`(^|/)${from}$`) }, (args) =>
      args.kind === 'dynamic-import' ? { path: file, external: true } : undefined,
    );
  },
});

/**
 * Imports VS Code's API once in each bundle; otherwise esbuild would copy the whole API for each importing
 * file.
 */
const oneVsCode = {
  name: 'one-vscode',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'once' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'once' },
    );
    build.onLoad({ filter: /^vscode$/, namespace: 'once' }, () => ({ contents: "export * from 'vscode';" }));
  },
};

/** Loads a style sheet as text, which the panel's page adopts without a request. */
const styleAsText = {
  name: 'style-as-text',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
      const { outputFiles, metafile } = await esbuild.build({
        entryPoints: [file],
        bundle: true,
        minify: production,
        write: false,
        metafile: true,
        logLevel: 'silent',
      });
      return {
        contents: outputFiles[0].text,
        loader: 'text',
        watchFiles: Object.keys(metafile.inputs).map((input) => path.resolve(input)),
      };
    });
  },
};

// The background problem matcher of .vscode/tasks.json waits for these two lines.
const report = {
  name: 'report',
  setup(build) {
    build.onStart(() => console.log('[build] started'));
    build.onEnd((result) => {
      for (const { text, location } of result.errors) {
        console.error(`error: ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      console.log('[build] finished');
    });
  },
};

const common = {
  bundle: true,
  logLevel: 'silent',
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  // dist/THIRD_PARTY_NOTICES contains the licences.
  legalComments: 'none',
  metafile: true,
};

const host = (entry, file, plugins = []) => ({
  ...common,
  entryPoints: { [file]: entry },
  outdir: 'dist',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // ofetch's entry for Node contains a polyfill of 111 kB, but VS Code has fetch.
  conditions: ['edge-light'],
  plugins: [oneVsCode, ...plugins, report],
});

const bundles = [
  host('src/extension.ts', 'extension', [ownBundle('app', './app.js')]),
  host('src/app.ts', 'app', [
    ownBundle('sandbox/sandbox', './sandbox.js'),
    ownBundle('accountDialogues', './accountDialogues.js'),
    ownBundle('exports/exports', './exports.js'),
    ownBundle('telephones/telephones', './telephones.js'),
  ]),
  host('src/commands/signIn/accountDialogues.ts', 'accountDialogues'),
  host('src/exports/exports.ts', 'exports'),
  host('src/sandbox/sandbox.ts', 'sandbox'),
  host('src/telephones/telephones.ts', 'telephones'),
  {
    ...common,
    entryPoints: { panel: 'src/webview/main.tsx' },
    outdir: 'dist/webview',
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.svg': 'text' },
    plugins: [styleAsText, report],
  },
];

async function main() {
  const contexts = await Promise.all(bundles.map((options) => esbuild.context(options)));
  if (watch) {
    await Promise.all(contexts.map((context) => context.watch()));
    return;
  }
  const results = await Promise.all(contexts.map((context) => context.rebuild()));
  await Promise.all(contexts.map((context) => context.dispose()));
  await writeNotices(Object.assign({}, ...results.map(({ metafile }) => metafile.outputs)));
}

async function writeNotices(outputs) {
  const { bundledPackages, metaFile, noticesFile } = await import('./scripts/lib/bundled.mjs');
  const { toNotices } = await import('./scripts/lib/notices.mjs');
  fs.writeFileSync(metaFile, JSON.stringify(outputs));
  fs.writeFileSync(noticesFile, toNotices(bundledPackages(outputs)));
}

main().catch((error) => {
  // esbuild has already reported build errors.
  if (!error.errors) console.error(error);
  process.exit(1);
});
