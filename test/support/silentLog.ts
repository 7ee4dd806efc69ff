import type { Logger } from '../../src/base/log';
import { runtimeWith } from '../../src/base/runtime';

export const silentLog: Logger = { debug() {}, info() {}, warn() {}, error() {} };
/** The computer's clock, and a log that drops all messages. */
export const silentRuntime = runtimeWith(silentLog);
