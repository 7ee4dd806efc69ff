/** In mocha, `vscode` is the small one beside this file. */
const Module = require('node:module');
const path = require('node:path');

const resolve = Module._resolveFilename;
const small = path.join(__dirname, 'vscode.ts');
Module._resolveFilename = function (request, ...rest) {
  return request === 'vscode' ? small : resolve.call(this, request, ...rest);
};
