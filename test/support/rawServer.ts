/** A server whose responses a test controls byte by byte, with or without TLS. */
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from './certificate';

export type RawHandler = (request: http.IncomingMessage, response: http.ServerResponse) => unknown;

export async function startRawServer(handler: RawHandler, { tls = false } = {}) {
  const requests: string[] = [];
  const handle: RawHandler = (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    return handler(request, response);
  };
  const server = tls ? https.createServer(makeCertificate(), handle) : http.createServer(handle);
  // A proxy receives CONNECT requests, which count as requests.
  server.on('connect', (request, socket) => {
    requests.push(`CONNECT ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Writes pieces without end, as fast as possible or at intervals, until the client closes the connection. */
export function pour(response: http.ServerResponse, piece: Buffer, every?: number): void {
  let gone = false;
  response.on('close', () => {
    gone = true;
  });
  const write = () => {
    if (gone) return;
    const room = response.write(piece);
    if (every !== undefined) setTimeout(write, every);
    else if (room) setImmediate(write);
    else response.once('drain', write);
  };
  write();
}
