/**
 * A server in a process of its own with minimal work: it serves pages of contacts that it creates once, and keeps what
 * a PUT brings.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

const total = Number(process.argv[2]);
/** The maximum number of rows of a page; the server refuses a limit above `refused`. */
const cap = Number(process.argv[3] ?? 1_000);
const refused = Number(process.argv[4] ?? Number.POSITIVE_INFINITY);
/** The additional milliseconds of each response. */
const latency = Number(process.argv[5] ?? 0);
const first = ['Jörg', 'Siân', 'Łukasz', 'Oliver', 'Priya', 'Mary-Jane', 'Çağla', 'Ruth', 'Emre', 'Aoife'];
const last = [
  'Müller',
  'Clarke',
  'Wiśniewska',
  'ap Gruffydd',
  'Nguyễn',
  'Singh',
  'Okonkwo',
  'Byrne',
  'Thomas',
];
const pick = (names: readonly string[], n: number) => names[n % names.length] ?? '';

function contact(n: number) {
  const [first_name, last_name] = [pick(first, n), pick(last, n * 7 + Math.floor(n / 10))];
  const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  return {
    id,
    type: 'contacts',
    attributes: {
      first_name,
      last_name,
      email: `${first_name}.${last_name}${n}@example.org`.toLowerCase().replaceAll(' ', ''),
      telephone: `+4477009${String(n).padStart(5, '0')}`,
    },
    meta: { created_at: '2025-01-01T00:00:00Z', modified_at: '2025-06-01T00:00:00Z' },
    relationships: { author: { data: { type: 'users', id } }, organisation: { data: { type: 'orgs', id } } },
  };
}

const rows = Array.from({ length: total }, (_, n) => JSON.stringify(contact(n)));
const pages = new Map<string, Buffer>();

/** Makes each page once, so that the server's work is not measured. */
function page(offset: number, limit: number): Buffer {
  const key = `${offset} ${limit}`;
  const known = pages.get(key);
  if (known) return known;
  const data = rows.slice(offset, offset + limit);
  const next = offset + limit < total ? offset + limit : null;
  const pagination = { counts: { resources: total }, offsets: { next }, requested: { limit, offset } };
  const made = Buffer.from(`{"data":[${data.join(',')}],"meta":${JSON.stringify({ pagination })}}`);
  pages.set(key, made);
  return made;
}

const changed = new Map<number, string>();

function answer(url: URL, put: string): readonly [status: number, body: Buffer] {
  const one = /contacts\/[0-9a-f-]*?(\d{12})$/.exec(url.pathname)?.[1];
  if (one !== undefined) {
    if (put !== '') changed.set(Number(one), put);
    return [200, Buffer.from(changed.get(Number(one)) ?? JSON.stringify({ data: contact(Number(one)) }))];
  }
  const limit = Number(url.searchParams.get('limit'));
  if (limit <= refused) return [200, page(Number(url.searchParams.get('offset')), Math.min(limit, cap))];
  return [400, Buffer.from(JSON.stringify({ errors: [{ source: { parameter: 'limit' } }] }))];
}

const server = http.createServer(async (request, response) => {
  let put = '';
  for await (const chunk of request) put += chunk;
  const [status, body] = answer(new URL(request.url ?? '', 'http://127.0.0.1'), put);
  const end = () => {
    response.writeHead(status, {
      'content-type': 'application/vnd.api+json',
      'content-length': body.length,
    });
    response.end(body);
  };
  if (latency > 0) setTimeout(end, latency);
  else end();
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
