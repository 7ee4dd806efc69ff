/** Serves the contacts of one organisation; a test changes their number and values. */
import { startApiServer } from './apiServer';

interface ListState {
  count: number;
  /** The first name of all contacts. */
  name: string;
  /** The status of all answers; 200 by default. */
  status: number;
  /** The body of an answer that is no success. */
  refusal: unknown;
  /** The largest `limit`; larger ones are refused. */
  limit: number;
  /** Holds the answers from this offset on, of one organisation or of all. */
  hold: { readonly offset: number; readonly until: Promise<void>; readonly of?: string } | undefined;
}

export async function startListServer(initial: Partial<ListState>) {
  const state: ListState = {
    count: 0,
    name: 'Old',
    status: 200,
    refusal: {},
    limit: 1_000,
    hold: undefined,
    ...initial,
  };
  /** The last names that were saved, by ID. */
  const saved = new Map<string, string>();
  const resource = (id: string) => ({
    id,
    type: 'contacts',
    attributes: { first_name: state.name, last_name: saved.get(id) ?? 'Old' },
  });
  const server = await startApiServer({
    handler: async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      const [, id] = /\/(c\d+)$/.exec(pathname) ?? [];
      if (id !== undefined) {
        if (request.method === 'PUT') saved.set(id, (await request.json()).data.attributes.last_name);
        return Response.json({ data: resource(id) });
      }
      const [offset, limit] = [Number(searchParams.get('offset')), Number(searchParams.get('limit'))];
      if (state.status !== 200 || limit > state.limit)
        return Response.json(state.refusal, { status: limit > state.limit ? 400 : state.status });
      const length = Math.max(0, Math.min(limit, state.count - offset));
      const data = Array.from({ length }, (_, n) => resource(`c${offset + n}`));
      const answer = Response.json({ data, meta: { pagination: { counts: { resources: state.count } } } });
      const { hold } = state;
      const isHeld = pathname.includes(`/${hold?.of ?? ''}`);
      if (hold && isHeld && offset >= hold.offset) await hold.until;
      return answer;
    },
  });
  return { server, state };
}
