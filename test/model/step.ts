/** One step of a sequence: a user or computer acts, and some time passes. */
import fc from 'fast-check';
import type { World } from './world';

/** The delay after a step in milliseconds: usually as long as a user takes, and never zero. */
const pauses = [2, 2, 30, 200, 200, 700, 700, 3_000];

export class Step implements fc.AsyncCommand<World, World> {
  readonly #text: string;
  readonly #act: (world: World) => void | Promise<void>;
  readonly #pause: number;

  constructor(text: string, act: (world: World) => void | Promise<void>, pause: number) {
    this.#text = text;
    this.#act = act;
    this.#pause = pause;
  }

  /** A step that is impossible in the current state has no effect. */
  check(): boolean {
    return true;
  }

  async run(_: World, world: World): Promise<void> {
    world.note(`▸ ${this.#text}`);
    await this.#act(world);
    await world.scheduler.run(this.#pause);
  }

  toString(): string {
    return `${this.#text}, then ${this.#pause} ms`;
  }
}

/** Defines a kind of step with its generated values. */
export function step<T extends object>(
  name: string,
  drawn: { readonly [K in keyof T]: fc.Arbitrary<T[K]> },
  act: (world: World, drawn: T) => void | Promise<void>,
  pause: fc.Arbitrary<number> = fc.constantFrom(...pauses),
): fc.Arbitrary<Step> {
  return fc.tuple(fc.record(drawn) as fc.Arbitrary<T>, pause).map(([values, ms]) => {
    const words = Object.values(values).map((value) =>
      typeof value === 'string' ? value : JSON.stringify(value),
    );
    return new Step([name, ...words].join(' '), (world) => act(world, values), ms);
  });
}
