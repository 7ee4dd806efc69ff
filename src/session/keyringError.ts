/** The secret storage of this computer did not do what it was asked for. It never says what the secret is. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';

  constructor(readonly refused: 'store' | 'delete') {
    super(`The secret storage refused: ${refused}`);
  }
}
