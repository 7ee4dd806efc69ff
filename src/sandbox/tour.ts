/** The contacts of sample data that demonstrate something: a conflict, harmful text, and many interactions. */
import type { Audit } from './audit';
import type { Resource } from './data/resource';
import type { Organisation } from './records';

/** Milliseconds between two changes by the colleague who causes the conflict. */
const pause = 30_000;
const numbers = ['07700 900321', '07700 900654'] as const;

export class Tour {
  readonly #organisation: Organisation;
  readonly #audit: Audit;
  readonly #clashing: Resource | undefined;
  #changed = 0;

  constructor(organisation: Organisation, audit: Audit) {
    const { contacts } = organisation;
    this.#organisation = organisation;
    this.#audit = audit;
    this.#clashing = contacts.at(1);
    rename(this.#clashing, 'Clashing Clare', 'Byrne', { telephone: numbers[0] });
    rename(contacts.at(2), '<img src=x onerror=alert(1)>', '$(trash) [x](command:workbench.action.quit)');
    rename(contacts.at(4), 'Talkative', 'Tadhg');
  }

  /** Changes the contact with the conflict after it was read, as a colleague would, at most every half minute. */
  wasRead(resource: Resource): void {
    if (resource !== this.#clashing || Date.now() - this.#changed < pause) return;
    this.#changed = Date.now();
    const now = new Date().toISOString();
    const { telephone } = resource.attributes ?? {};
    const before = resource.attributes;
    resource.attributes = {
      ...before,
      telephone: telephone === numbers[0] ? numbers[1] : numbers[0],
    };
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
