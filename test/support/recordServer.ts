/** A server of one record, for a `describe`. It keeps what it is sent, as it tidies it. */
import { type ApiServer, startApiServer } from './apiServer';

type Attributes = Record<string, unknown>;
interface Sent {
  readonly data: { readonly attributes: Attributes };
}

/** @param initial makes the attributes at the start of each test */
export function recordServer(
  record: { readonly id: string; readonly type: string },
  initial: () => Attributes,
  tidy: (sent: Attributes) => Attributes = (sent) => sent,
) {
  let server: ApiServer;
  before(async () => {
    server = await startApiServer({
      handler: async (request) => {
        if (request.method === 'PUT')
          api.attributes = api.tidy((JSON.parse(await request.text()) as Sent).data.attributes);
        return Response.json(
          { data: { ...record, attributes: api.attributes } },
          { headers: api.etag === undefined ? {} : { etag: api.etag } },
        );
      },
    });
  });
  after(() => server.stop());
  beforeEach(() => {
    server.fault = undefined;
    server.hold = undefined;
    server.requests.length = 0;
    api.attributes = initial();
    api.tidy = tidy;
    api.etag = undefined;
  });
  const api = {
    get server() {
      return server;
    },
    attributes: {} as Attributes,
    tidy,
    etag: undefined as string | undefined,
    /** The attributes of each PUT so far. */
    puts: () =>
      server.requests
        .filter(({ method }) => method === 'PUT')
        .map(({ json }) => (json as Sent).data.attributes),
  };
  return api;
}
