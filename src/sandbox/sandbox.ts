/**
 * An in-memory Ctrl Hub, as faithful as the public documentation of the API allows. It provides the
 * extension's sample data and the API of its tests. This bundle is loaded at the first use.
 */
import { type Context, Hono, type HonoRequest } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { answer, jsonapi, mediaType, problem } from './answers';
import { Audit } from './audit';
import { uuid } from './data/pick';
import type { Resource } from './data/resource';
import { type ListOptions, listDocument, type Query, type Source, singleDocument } from './lists';
import { Organisation } from './records';
import { addInteraction, changeInteraction, linkContacts } from './related';
import { Tour } from './tour';
import { checkUpdate } from './updates';

/** The kind of the IDs of new interactions. */
const newInteraction = 8;

export interface SandboxOptions {
  /** The number of contacts of the largest organisation: 1 to 100,000, by default 3,000. */
  readonly contacts?: number;
  /** The only valid token. */
  readonly token?: string;
  /** The delay of each response in milliseconds. */
  readonly latency?: number;
  /** The maximum number of rows of a page, for any `limit`. */
  readonly pageLimit?: number;
  /** Adds contacts that demonstrate the extension, for sample data. */
  readonly tour?: boolean;
  /** The time of the colleague in the tour; by default that of the computer. */
  readonly now?: () => number;
  /** Allows the token to read audit events; true by default. */
  readonly history?: boolean;
}

export interface Sandbox {
  readonly token: string;
  fetch(request: Request): Promise<Response>;
}

const noOptions: ListOptions = { include: [], sort: [] };
const contactOptions: ListOptions = {
  include: ['author', 'accounts', 'interactions', 'organisation', 'accounts.contacts', 'accounts.properties'],
  sort: ['first_name', 'last_name', 'email', 'created_at', 'modified_at'],
};
const auditOptions: ListOptions = { include: [], sort: ['time'], filter: ['resource.id'] };
const otherOptions: ListOptions = {
  include: ['author', 'organisation', 'contact', 'contacts', 'account', 'properties'],
  sort: [],
};

export function createSandbox({
  contacts = 3000,
  token = 'sandbox-session-token',
  latency = 0,
  pageLimit = 500,
  tour = false,
  now = () => Date.now(),
  history = true,
}: SandboxOptions = {}): Sandbox {
  const organisations = [25, 400, contacts].map((size, number) => new Organisation(number, size));
  const [first] = organisations;
  const audit = new Audit(organisations);
  const shown = tour && first ? new Tour(first, audit, now) : undefined;
  let made = 0;
  let traces = 0;
  const app = new Hono();
  const page = (source: Source, c: Context, options: ListOptions, organisation?: Organisation) =>
    answer(listDocument(source, queryOf(c), options, pageLimit, organisation));

  app.onError((error) => {
    const known = error instanceof HTTPException ? error : problem(500, 'Internal server error', '');
    return known.getResponse();
  });
  app.notFound(() => problem(404, 'Not found', 'There is no such resource').getResponse());
  app.use(async (c, next) => {
    await next();
    c.header('X-Trace-Id', `sandbox-${++traces}`);
  });
  app.use(async ({ req }, next) => {
    if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
    const given = req.header('x-session-token') ?? req.header('authorization')?.replace(/^Bearer /, '');
    if (given !== token)
      throw problem(401, 'Unauthorised', 'The session token is missing, wrong or has expired');
    await next();
  });
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: ({ req }, allowed) =>
        problem(405, 'Method not allowed', `There is no ${req.method} of this resource`, {
          Allow: allowed.join(', '),
        }).getResponse(),
    }),
  );

  const whoami = () => answer({ data: organisations[0]?.members.at(0), jsonapi });
  app.get('/v3/whoami', whoami);
  app.get('/v3/iam/whoami', whoami);
  app.get('/v3/audit-events', (c) => {
    if (!history) throw problem(403, 'Forbidden', 'The account may not read audit events');
    return page(listOf(audit.of(c.req.query('filter[resource.id]'))), c, auditOptions);
  });
  app.get('/v3/orgs', (c) => page(listOf(organisations.map(({ resource }) => resource)), c, noOptions));

  const org = new Hono<{ Variables: { organisation: Organisation } }>();
  org.use(async (c, next) => {
    const found = organisations.find(({ resource }) => resource.id === c.req.param('org'));
    if (found === undefined) throw problem(404, 'Not found', 'There is no such organisation');
    c.set('organisation', found);
    await next();
  });
  org.get('/', (c) => {
    const { organisation } = c.var;
    return answer(singleDocument(organisation.resource, queryOf(c), [], organisation));
  });
  org.get('/iam/members', (c) => page(c.var.organisation.members, c, noOptions));

  org.get('/customers/contacts', (c) => {
    const { organisation } = c.var;
    return page(organisation.contacts, c, contactOptions, organisation);
  });
  org.get('/customers/contacts/:id', (c) => {
    const { organisation } = c.var;
    const resource = contactOf(organisation, c.req.param('id'));
    const response = answer(singleDocument(resource, queryOf(c), contactOptions.include, organisation));
    shown?.wasRead(resource);
    return response;
  });
  org.put('/customers/contacts/:id', async ({ req, var: { organisation } }) => {
    const resource = contactOf(organisation, req.param('id'));
    const before = resource.attributes;
    resource.attributes = checkUpdate(await bodyOf(req), resource);
    audit.note(organisation, resource, before, resource.attributes);
    const now = new Date().toISOString();
    resource.meta = { ...resource.meta, updated_at: now, modified_at: now };
    return answer({ data: resource, jsonapi });
  });

  org.post('/customers/interactions', async ({ req, var: { organisation } }) => {
    const data = addInteraction(organisation, await bodyOf(req), uuid(newInteraction, ++made));
    return answer({ data, jsonapi }, 201);
  });
  org.put('/customers/interactions/:id', async ({ req, var: { organisation } }) => {
    const found = oneOf(organisation.interactions(), req.param('id'));
    return answer({ data: changeInteraction(found, await bodyOf(req)), jsonapi });
  });
  org.post('/customers/accounts/:id/relationships/contacts', async (c) => {
    const { organisation } = c.var;
    const account = oneOf(organisation.accounts.all(), c.req.param('id'));
    linkContacts(organisation, account, await bodyOf(c.req));
    return c.body(null, 204);
  });
  for (const kind of ['accounts', 'interactions'] as const) {
    const listFor = (organisation: Organisation) =>
      kind === 'accounts' ? organisation.accounts : listOf(organisation.interactions());
    org.get(`/customers/${kind}`, (c) =>
      page(listFor(c.var.organisation), c, otherOptions, c.var.organisation),
    );
    org.get(`/customers/${kind}/:id`, (c) => {
      const { organisation } = c.var;
      const found = oneOf(listFor(organisation).all(), c.req.param('id'));
      return answer(singleDocument(found, queryOf(c), otherOptions.include, organisation));
    });
  }
  app.route('/v3/orgs/:org', org);

  return { token, fetch: async (request) => app.fetch(request) };
}

const queryOf =
  ({ req }: Context): Query =>
  (name) =>
    req.query(name);

async function bodyOf(request: HonoRequest): Promise<unknown> {
  if (request.header('content-type') !== mediaType)
    throw problem(415, 'Unsupported media type', `The body must be ${mediaType}`);
  return request.json().catch(() => undefined);
}

function contactOf(organisation: Organisation, id: string): Resource {
  const found = organisation.contacts.find(id);
  if (found === undefined) throw problem(404, 'Not found', 'There is no such contact');
  return found;
}

function oneOf(all: readonly Resource[], id: string): Resource {
  const found = all.find((one) => one.id === id);
  if (found === undefined) throw problem(404, 'Not found', 'There is no such resource');
  return found;
}

function listOf<T>(items: readonly T[]) {
  return {
    length: items.length,
    slice: (from: number, to: number) => items.slice(from, to),
    all: () => items,
  };
}
