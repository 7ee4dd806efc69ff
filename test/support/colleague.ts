/** Another user of the same server. */
import assert from 'node:assert/strict';
import type { ApiServer } from './apiServer';

export interface ContactRecord {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<Record<string, { readonly data: readonly { readonly id: string }[] }>>;
}

/** Another user of the same server, who reads and changes the records of a test. */
export function colleague(server: ApiServer) {
  const headers = { 'X-Session-Token': server.token, 'Content-Type': 'application/vnd.api+json' };
  const ask = async (path: string, init: RequestInit = {}) => {
    const { fault } = server;
    server.fault = undefined;
    const response = await fetch(`${server.url}${path}`, {
      ...init,
      headers: { ...headers, 'x-colleague': '1' },
    });
    server.fault = fault;
    assert.ok(response.ok, `${path}: ${response.status}`);
    return response.json() as Promise<{ data: never }>;
  };
  return {
    organisations: async (): Promise<ContactRecord[]> => (await ask('/v3/orgs')).data,
    contacts: async (organisation: string): Promise<ContactRecord[]> =>
      (await ask(`/v3/orgs/${organisation}/customers/contacts?limit=100&offset=0`)).data,
    /** All contacts of an organisation, page by page. */
    async allContacts(organisation: string): Promise<ContactRecord[]> {
      const all: ContactRecord[] = [];
      for (;;) {
        const page = `limit=100&offset=${all.length}`;
        const { data }: { data: ContactRecord[] } = await ask(
          `/v3/orgs/${organisation}/customers/contacts?${page}`,
        );
        all.push(...data);
        if (data.length === 0) return all;
      }
    },
    read: async (path: string): Promise<ContactRecord> => (await ask(path)).data,
    async change(path: string, attributes: Readonly<Record<string, unknown>>): Promise<void> {
      const data: ContactRecord = (await ask(path)).data;
      const changed = { id: data.id, type: data.type, attributes: { ...data.attributes, ...attributes } };
      await ask(path, { method: 'PUT', body: JSON.stringify({ data: changed }) });
    },
  };
}

/** The extension's requests, without those of the colleague. */
export const asked = (server: ApiServer, start = 0) =>
  server.requests.slice(start).filter(({ headers }) => headers['x-colleague'] === undefined);

/** The requests of one action that were sent more than once: there should be none. */
export function askedTwice(server: ApiServer, start = 0): readonly string[] {
  const all = asked(server, start).map(({ method, path }) => `${method} ${path}`);
  return [...new Set(all.filter((one, at) => all.indexOf(one) !== at))];
}

/** The extension's requests, without those that a visible form sends in the background. */
export const askedFor = (server: ApiServer, start = 0) =>
  asked(server, start).filter(
    ({ path }) => !/^[^?]*\/(?:audit-events|iam\/members|customers\/accounts\/[^/]+)(?:\?|$)/.test(path),
  );
