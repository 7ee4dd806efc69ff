import { ApiClient } from '../../src/api/http/client';
import type { ApiServer } from './apiServer';
import { silentLog } from './silentLog';

/** A client with a valid credential. */
export const clientOf = (server: ApiServer) =>
  new ApiClient(
    {
      baseUrl: server.url,
      fetch: (input, init) => fetch(input, init),
      authHeaders: async () => ({ 'X-Session-Token': server.token }),
    },
    silentLog,
  );
