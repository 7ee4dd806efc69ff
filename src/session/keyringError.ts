/** A failed write to SecretStorage. The message never contains the secret. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';

  constructor(readonly refused: 'store' | 'delete') {
    super(`The secret storage refused: ${refused}`);
  }
}
