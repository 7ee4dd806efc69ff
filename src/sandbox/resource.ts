export interface Identifier {
  readonly type: string;
  readonly id: string;
}

export interface Resource extends Identifier {
  attributes?: Record<string, unknown>;
  meta?: Record<string, unknown>;
  relationships?: Record<string, { readonly data: Identifier | readonly Identifier[] | null }>;
}

/** The `type` strings of Ctrl Hub's own SDK (sdk.ts); its documentation leaves them open. */
export const types = {
  organisation: 'organisations',
  contact: 'contacts',
  account: 'customer-accounts',
  interaction: 'customer-interactions',
  user: 'users',
  property: 'properties',
} as const;
