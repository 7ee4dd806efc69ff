/** A server, a disk and the windows on it, with the record of what was typed there. */
import assert from 'node:assert/strict';
import type { ContactRef } from '../../../src/api/contacts';
import { fieldNames, type Values, valuesOf } from '../../../src/contacts/model/contact';
import type { FieldName } from '../../../src/protocol/fields';
import { createSandbox } from '../../../src/sandbox/sandbox';
import { MemoryDisk } from '../memoryDisk';
import { SteppedClock } from '../steppedClock';
import { Ledger, placeKey } from './textLedger';
import type { TextWindow } from './textWindow';

export const origin = 'http://api.test';
const headers = { 'X-Session-Token': 'token', 'Content-Type': 'application/vnd.api+json' };
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

export class World {
  readonly clock = new SteppedClock();
  readonly disk = new MemoryDisk();
  readonly ledger = new Ledger();
  readonly refs: readonly ContactRef[];
  readonly windows: TextWindow[] = [];
  readonly #sandbox = createSandbox({ contacts: 1, token: 'token' });
  /** The number of requests and operations of the disk that are not over. */
  busy = 0;
  /** True while somebody saves in a panel or applies. */
  sends = 0;
  readonly broken: string[] = [];

  private constructor(refs: readonly ContactRef[]) {
    this.refs = refs;
  }

  static async make(count: number): Promise<World> {
    const world = new World([]);
    const [organisation] = await world.#read('/v3/orgs');
    const organisationId = organisation?.id ?? '';
    const all = await world.#read(`/v3/orgs/${organisationId}/customers/contacts?limit=25`);
    const whole = all.filter(({ attributes }) =>
      fieldNames.every((field) => typeof attributes[field] === 'string' && attributes[field] !== ''),
    );
    const refs = whole.slice(0, count).map(({ id }) => ({ organisationId, contactId: id }));
    return Object.assign(world, { refs });
  }

  async #read(path: string) {
    const response = await this.#sandbox.fetch(new Request(`${origin}${path}`, { headers }));
    const { data } = await response.json();
    return data as { id: string; type: string; attributes: Record<string, unknown> }[];
  }

  pathOf = ({ organisationId, contactId }: ContactRef) =>
    `/v3/orgs/${organisationId}/customers/contacts/${contactId}`;

  async serverValues(ref: ContactRef): Promise<Values> {
    const data = await this.#read(this.pathOf(ref));
    return valuesOf(data as never);
  }

  /** A colleague changes a field. */
  async colleague(ref: ContactRef, field: FieldName, value: string): Promise<void> {
    const { id, type, attributes } = (await this.#read(this.pathOf(ref))) as never as {
      id: string;
      type: string;
      attributes: object;
    };
    const body = JSON.stringify({ data: { id, type, attributes: { ...attributes, [field]: value } } });
    const request = new Request(`${origin}${this.pathOf(ref)}`, { method: 'PUT', headers, body });
    assert.ok((await this.#sandbox.fetch(request)).ok);
  }

  async fetch(request: Request): Promise<Response> {
    if (request.method === 'PUT') await this.#check(request.clone());
    return this.#sandbox.fetch(request);
  }

  /** Checks what is sent: typed values, over values that were on screen when they were typed. */
  async #check(request: Request): Promise<void> {
    const ref = this.refs.find((one) => request.url.endsWith(this.pathOf(one))) ?? assert.fail();
    const { data } = await request.json();
    const now = await this.serverValues(ref);
    if (this.sends === 0) this.broken.push(`sent unasked: ${JSON.stringify(data.attributes)}`);
    for (const field of fieldNames) {
      const value = String(data.attributes[field] ?? '');
      const place = { ref, field };
      if (value === now[field]) continue;
      if (!this.ledger.typed.of(place).has(value.trim()))
        this.broken.push(`sent, but not typed: ${field} ${JSON.stringify(value)}`);
      const seen = this.ledger.seenBefore.get(`${placeKey(place)} ${value.trim()}`);
      const isKnown = seen?.has(now[field]) || this.ledger.ever.of(place).has(now[field].trim());
      if (now[field] !== '' && !isKnown)
        this.broken.push(
          `overwrote ${field} ${JSON.stringify(now[field])} with ${JSON.stringify(value)}, which was typed over ${JSON.stringify([...(seen ?? [])])}`,
        );
      this.ledger.owed.of(place).delete(value.trim());
    }
  }

  /** Lets time pass, and all work that is due. */
  async pass(ms: number): Promise<void> {
    await this.clock.elapse(ms);
    for (let n = 0; n < 3; n++) await turn();
  }

  async settle(): Promise<void> {
    for (let calm = 0; calm < 3; ) {
      await this.clock.elapse(1_000);
      for (let n = 0; n < 4; n++) await turn();
      calm = this.busy > 0 ? 0 : calm + 1;
    }
  }

  check(): void {
    for (const window of this.windows) window.checkDrafts();
    const [first] = this.broken;
    if (first !== undefined) assert.fail(first);
  }
}

/** What was saved as a draft is in one, or beside one, or in Ctrl Hub. */
export async function checkOwed(world: World): Promise<void> {
  const open = world.windows.filter((one) => one.isOpen);
  for (const ref of world.refs) {
    const now = await world.serverValues(ref);
    for (const field of fieldNames)
      for (const value of world.ledger.owed.of({ ref, field })) {
        const kept = open.some((window) => {
          const { edits = {}, others = [] } = window.draft(ref) ?? {};
          const texts = others.filter((one) => one.field === field).map(({ text }) => text);
          return [edits[field], ...texts].some((text) => text?.trim() === value);
        });
        if (!kept && now[field].trim().toLowerCase() !== value.toLowerCase())
          world.broken.push(`lost: ${field} ${JSON.stringify(value)}`);
      }
  }
}
