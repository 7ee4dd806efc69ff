import type { Logger } from '../../src/base/log';
import { runtimeWith } from '../../src/base/runtime';

export const silentLog: Logger = { debug() {}, info() {}, warn() {}, error() {} };
/** The computer's own clock, and a log that nobody reads. */
export const silentRuntime = runtimeWith(silentLog);
