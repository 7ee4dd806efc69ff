export interface Identifier {
  readonly type: string;
  readonly id: string;
}

export interface Resource extends Identifier {
  attributes?: Record<string, unknown>;
  meta?: Record<string, unknown>;
  relationships?: Record<string, { readonly data: Identifier | readonly Identifier[] | null }>;
}

/** The `type` values of Ctrl Hub's TypeScript SDK; the documentation does not list them. */
export const types = {
  organisation: 'organisations',
  contact: 'contacts',
  account: 'customer-accounts',
  interaction: 'customer-interactions',
  user: 'users',
  property: 'properties',
} as const;

/** Adds a resource to a relationship, unless it is already in it. */
export function join(from: Resource, name: string, { type, id }: Identifier): void {
  const there = from.relationships?.[name]?.data ?? [];
  const all = 'id' in there ? [there] : there;
  if (all.some((one) => one.id === id)) return;
  from.relationships = { ...from.relationships, [name]: { data: [...all, { type, id }] } };
}
