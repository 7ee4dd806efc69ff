/** The records of the sandbox. A record is created at its first use and then kept. */
import * as make from './data/makeRecords';
import { type Identifier, join, type Resource } from './data/resource';

export class Organisation {
  readonly resource: Resource;
  readonly contacts: Lazy;
  readonly accounts: Lazy;
  readonly members: Lazy;
  readonly #properties: Lazy;
  /** Interactions by the index of their contact. */
  readonly #interactions = new Map<number, Resource[]>();
  readonly #number: number;

  constructor(number: number, contacts: number) {
    this.#number = number;
    this.resource = make.makeOrganisation(number);
    this.contacts = new Lazy(
      contacts,
      (n) => make.makeContact(number, n),
      (n) => make.contactId(number, n),
    );
    this.accounts = new Lazy(make.accountCount(contacts), (n) => make.makeAccount(number, n, contacts));
    this.members = new Lazy(make.memberCount, (n) => make.makeUser(number, n));
    this.#properties = new Lazy(make.accountCount(contacts), (n) => make.makeProperty(number, n));
  }

  get identifier(): Identifier {
    return { type: this.resource.type, id: this.resource.id };
  }

  /** Returns the interactions of all contacts in a stable order. The first call creates all of them. */
  interactions(): readonly Resource[] {
    return Array.from({ length: this.contacts.length }, (_, n) => this.#interactionsOf(n)).flat();
  }

  /** Adds a new interaction to a contact. */
  add(contact: Resource, interaction: Resource): void {
    const n = this.contacts.indexOf(contact.id);
    if (n !== undefined) this.#interactionsOf(n).push(interaction);
    join(contact, 'interactions', interaction);
  }

  /** Finds a resource that `from` refers to. The index of `from` determines its related resources. */
  related(from: Resource, type: string, id: string): Resource | undefined {
    if (this.resource.type === type) return this.resource.id === id ? this.resource : undefined;
    const n = this.contacts.indexOf(from.id);
    const around = n === undefined ? undefined : Math.floor(n / 2);
    const candidates = [
      ...(n === undefined ? [] : this.#interactionsOf(n)),
      ...this.members.all(),
      ...(around === undefined ? [] : [this.accounts.at(around)]),
    ];
    return (
      candidates.find((one) => one?.type === type && one.id === id) ??
      this.contacts.find(id) ??
      this.accounts.find(id) ??
      this.#properties.find(id)
    );
  }

  #interactionsOf(n: number): Resource[] {
    const made =
      this.#interactions.get(n) ??
      Array.from({ length: make.interactionCount(this.#number, n) }, (_, i) =>
        make.makeInteraction(this.#number, n, i),
      );
    this.#interactions.set(n, made);
    return made;
  }
}

/** A list that creates its records one by one. */
class Lazy {
  readonly #made: (Resource | undefined)[] = [];
  readonly #make: (n: number) => Resource;
  readonly #idOf: (n: number) => string;
  #index: Map<string, number> | undefined;

  constructor(
    readonly length: number,
    makeRecord: (n: number) => Resource,
    idOf: (n: number) => string = (n) => makeRecord(n).id,
  ) {
    this.#make = makeRecord;
    this.#idOf = idOf;
  }

  at(n: number): Resource | undefined {
    if (n < 0 || n >= this.length) return undefined;
    this.#made[n] ??= this.#make(n);
    return this.#made[n];
  }

  slice(from: number, to: number): Resource[] {
    const until = Math.min(to, this.length);
    const found: Resource[] = [];
    for (let n = from; n < until; n++) {
      const one = this.at(n);
      if (one) found.push(one);
    }
    return found;
  }

  all(): Resource[] {
    return this.slice(0, this.length);
  }

  find(id: string): Resource | undefined {
    const n = this.indexOf(id);
    return n === undefined ? undefined : this.at(n);
  }

  indexOf(id: string): number | undefined {
    this.#index ??= new Map(Array.from({ length: this.length }, (_, n) => [this.#idOf(n), n]));
    return this.#index.get(id);
  }
}
