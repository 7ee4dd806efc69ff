/** The contacts of sample data that demonstrate something: a conflict, harmful text, and many interactions. */
import type { Audit } from './audit';
import type { Resource } from './data/resource';
import type { Organisation } from './records';

/** Milliseconds between two changes by the colleague who causes the conflict. */
const pause = 30_000;
/** The number after so many changes, from those that are reserved for fiction. */
const numberAfter = (changes: number) => `07700 900${300 + (changes % 700)}`;

export class Tour {
  readonly #organisation: Organisation;
  readonly #audit: Audit;
  readonly #clashing: Resource | undefined;
  readonly #now: () => number;
  #changed = 0;
  #changes = 0;

  constructor(organisation: Organisation, audit: Audit, now: () => number) {
    const { contacts } = organisation;
    this.#organisation = organisation;
    this.#audit = audit;
    this.#now = now;
    this.#clashing = contacts.at(1);
    rename(this.#clashing, 'Clashing Clare', 'Byrne', { telephone: numberAfter(0) });
    rename(contacts.at(2), '<img src=x onerror=alert(1)>', '$(trash) [x](command:workbench.action.quit)');
    rename(contacts.at(4), 'Talkative', 'Tadhg');
  }

  /**
   * Changes the contact with the conflict after it was read, as a colleague would, at most every half minute. Each
   * number is new: one that the colleague put back is no conflict, although the panel has announced one.
   */
  wasRead(resource: Resource): void {
    const time = this.#now();
    if (resource !== this.#clashing || time - this.#changed < pause) return;
    this.#changed = time;
    const now = new Date(time).toISOString();
    const before = resource.attributes;
    resource.attributes = { ...before, telephone: numberAfter(++this.#changes) };
    this.#audit.note(this.#organisation, resource, before, resource.attributes, { member: 3 });
    resource.meta = { ...resource.meta, updated_at: now, modified_at: now };
  }
}

function rename(
  resource: Resource | undefined,
  first_name: string,
  last_name: string,
  others: Readonly<Record<string, unknown>> = {},
): void {
  if (resource) resource.attributes = { ...resource.attributes, first_name, last_name, ...others };
}
