/** Where a diagnosis goes. Never headers, bodies or personal data: see docs in CONTRIBUTING. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
