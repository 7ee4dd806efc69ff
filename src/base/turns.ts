/** Work by name: what has the same name follows one another, in the order in which it was asked for. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** One that fails keeps nobody else from their turn. */
  take(name: string, work: () => Promise<void>): Promise<void> {
    const turn = (this.#last.get(name) ?? Promise.resolve()).then(work);
    this.#last.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  }

  /** When all that was asked for until now is over. */
  async over(): Promise<void> {
    await Promise.all(this.#last.values());
  }
}
