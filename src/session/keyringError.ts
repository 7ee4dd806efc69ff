/**
 * A failed write to SecretStorage. The message never contains the secret. It stands apart from the keyring,
 * so that error messages do not load it.
 */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';

  constructor(readonly refused: 'store' | 'delete') {
    super(`The secret storage refused: ${refused}`);
  }
}
