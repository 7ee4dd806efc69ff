import type { Logger } from '../base/log';
import { toLine } from '../base/text';

interface Channel {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Writes one line an entry, even if an ID or a trace ID from a server contains line breaks. */
export function toLogger(channel: Channel): Logger {
  const line = (message: string, max = 500) => toLine(message, max);
  return {
    debug: (message) => channel.debug(line(message)),
    info: (message) => channel.info(line(message)),
    warn: (message) => channel.warn(line(message)),
    error: (message) => channel.error(line(message, 4_000)),
  };
}
