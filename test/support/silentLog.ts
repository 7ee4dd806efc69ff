import type { Logger } from '../../src/base/log';

export const silentLog: Logger = { debug() {}, info() {}, warn() {}, error() {} };
