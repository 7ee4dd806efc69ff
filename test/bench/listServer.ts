/** A server in a process of its own with minimal work: it serves pages of contacts that it creates once. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

const total = Number(process.argv[2]);
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

const pages = new Map<number, Buffer>();
function page(offset: number): Buffer {
  const known = pages.get(offset);
  if (known) return known;
  const data = Array.from({ length: Math.min(100, total - offset) }, (_, n) => contact(offset + n));
  const next = offset + 100 < total ? offset + 100 : null;
  const meta = {
    pagination: { counts: { resources: total }, offsets: { next }, requested: { limit: 100, offset } },
  };
  const made = Buffer.from(JSON.stringify({ data, meta }));
  pages.set(offset, made);
  return made;
}
for (let offset = 0; offset < total; offset += 100) page(offset);

const server = http.createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  const one = /contacts\/[0-9a-f-]*?(\d{12})$/.exec(url.pathname)?.[1];
  const body =
    one === undefined
      ? page(Number(url.searchParams.get('offset')))
      : Buffer.from(JSON.stringify({ data: contact(Number(one)) }));
  response.writeHead(200, { 'content-type': 'application/vnd.api+json', 'content-length': body.length });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
