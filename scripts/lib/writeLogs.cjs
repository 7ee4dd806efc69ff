/**
 * Replaces the native log module of VS Code's server, which is not built here, by plain JavaScript. Node
 * loads this file first.
 */
const childProcess = require('node:child_process');
const fs = require('node:fs');
const Module = require('node:module');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  #file;
  #level = 0;
  #bare = false;
  constructor(_type, _name, file) {
    this.#file = file;
    levels.forEach((name, level) => {
      this[name] = (message) => {
        if (level < this.#level) return;
        const stamp = this.#bare ? '' : `${new Date().toISOString()} [${name}] `;
        fs.appendFileSync(this.#file, this.#bare ? message : `${stamp}${message}\n`);
      };
    });
  }
  setLevel(level) {
    this.#level = level;
  }
  clearFormatters() {
    this.#bare = true;
  }
  setPattern() {}
  flush() {}
  drop() {}
}

const load = Module._load;
Module._load = function (request, parent, ...rest) {
  const native = request === 'bindings' && /@vscode[\\/]spdlog/.test(parent?.filename ?? '');
  return native
    ? () => ({ version: 0, setLevel() {}, setFlushOn() {}, Logger })
    : load.call(this, request, parent, ...rest);
};

// The server removes the option for the extension hosts that it starts.
const { fork } = childProcess;
childProcess.fork = (file, args, { execArgv = [], ...options } = {}) =>
  fork(file, args, { ...options, execArgv: [...execArgv, '--require', __filename] });
Module.syncBuiltinESMExports();
