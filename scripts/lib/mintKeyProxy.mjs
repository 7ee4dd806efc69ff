import http from 'node:http';
import { mintKey } from './mintKey.mjs';

/** Forwards all requests to the server, except one that the bare server does not support. */
export function startProxy(target, profile, port) {
  const { hostname, port: targetPort } = new URL(target);
  const onwards = (request) => ({
    hostname,
    port: targetPort,
    path: request.url,
    method: request.method,
    headers: request.headers,
  });
  const server = http.createServer((request, response) => {
    if (request.url?.split('?')[0].endsWith('/mint-key')) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(mintKey(profile));
      return;
    }
    const passed = http.request(onwards(request), (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  server.on('upgrade', (request, socket, head) => {
    const passed = http.request(onwards(request));
    passed.on('upgrade', (answer, other, otherHead) => {
      const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers.join('\r\n')}\r\n\r\n`);
      if (otherHead.length > 0) socket.write(otherHead);
      if (head.length > 0) other.write(head);
      other.on('error', () => socket.destroy());
      socket.on('error', () => other.destroy());
      other.pipe(socket).pipe(other);
    });
    passed.on('error', () => socket.destroy());
    passed.end();
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}
