/**
 * An in-memory Ctrl Hub: the extension's sample data, and the API of its tests. It is as faithful as what
 * is publicly known of the API allows. It is a bundle of its own, loaded when somebody asks for it.
 */
import { type IRequest, Router } from 'itty-router';
import { Audit } from './audit';
import { uuid } from './data/pick';
import { type ListOptions, listDocument, type Query, singleDocument } from './lists';
import { Problem, problem } from './problems';
import { Organisation } from './records';
import { addInteraction, changeInteraction, linkContacts } from './related';
import type { Resource } from './resource';
import { Tour } from './tour';
import { checkUpdate } from './updates';

/** The kind of ids that interactions get which are logged here. */
const newInteraction = 8;

export interface SandboxOptions {
  /** How many contacts the largest organisation has: 1 to 100,000, by default 3,000. */
  readonly contacts?: number;
  /** The token that is let in. */
  readonly token?: string;
  /** How long each answer takes, in milliseconds. */
  readonly latency?: number;
  /** The most rows that a page gives, whatever `limit` asks. */
  readonly pageLimit?: number;
  /** With contacts that show what the extension is for, for sample data. */
  readonly tour?: boolean;
  /** Whether the token may read audit events, as it may by default. */
  readonly history?: boolean;
}

export interface Sandbox {
  readonly token: string;
  fetch(request: Request): Promise<Response>;
}

const mediaType = 'application/vnd.api+json';
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
  history = true,
}: SandboxOptions = {}): Sandbox {
  const organisations = [25, 400, contacts].map((size, number) => new Organisation(number, size));
  const [first] = organisations;
  const audit = new Audit(organisations);
  const shown = tour && first ? new Tour(first, audit) : undefined;
  let made = 0;
  let traces = 0;
  const app = Router<IRequest, []>({
    before: [
      async ({ headers }) => {
        if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
        const given = headers.get('x-session-token') ?? headers.get('authorization')?.replace(/^Bearer /, '');
        if (given !== token)
          throw problem(401, 'Unauthorised', 'The session token is missing, wrong or has expired');
      },
    ],
    catch: (error) => {
      const known = error instanceof Problem ? error : problem(500, 'Internal server error', '');
      return answer(known.body, known.status);
    },
    finally: [(response: Response) => response.headers.set('X-Trace-Id', `sandbox-${++traces}`)],
  });

  const find = (id: string) => {
    const found = organisations.find(({ resource }) => resource.id === id);
    if (found === undefined) throw problem(404, 'Not found', 'There is no such organisation');
    return found;
  };
  const contactOf = (organisation: Organisation, id: string) => {
    const found = organisation.contacts.find(id);
    if (found === undefined) throw problem(404, 'Not found', 'There is no such contact');
    return found;
  };
  const queryOf = ({ url }: IRequest): Query => {
    const { searchParams } = new URL(url);
    return (name) => searchParams.get(name) ?? undefined;
  };
  const part = ({ params }: IRequest, name: 'org' | 'id') => decodeURIComponent(params[name] ?? '');

  app.get('/v3/orgs', (request) =>
    answer(
      listDocument(
        listOf(organisations.map((one) => one.resource)),
        queryOf(request),
        { include: [], sort: [] },
        pageLimit,
      ),
    ),
  );
  app.get('/v3/orgs/:org', (request) =>
    answer(
      singleDocument(find(part(request, 'org')).resource, queryOf(request), [], find(part(request, 'org'))),
    ),
  );
  app.get('/v3/orgs/:org/iam/members', (request) =>
    answer(
      listDocument(
        find(part(request, 'org')).members,
        queryOf(request),
        { include: [], sort: [] },
        pageLimit,
      ),
    ),
  );
  app.get('/v3/iam/whoami', () =>
    answer({ data: organisations[0]?.members.at(0), jsonapi: { version: '1.0' } }),
  );
  app.get('/v3/whoami', () => answer({ data: organisations[0]?.members.at(0), jsonapi: { version: '1.0' } }));

  app.get('/v3/orgs/:org/customers/contacts', (request) => {
    const organisation = find(part(request, 'org'));
    return answer(
      listDocument(organisation.contacts, queryOf(request), contactOptions, pageLimit, organisation),
    );
  });
  app.get('/v3/orgs/:org/customers/contacts/:id', (request) => {
    const organisation = find(part(request, 'org'));
    const resource = contactOf(organisation, part(request, 'id'));
    const { include } = contactOptions;
    const response = answer(singleDocument(resource, queryOf(request), include, organisation));
    shown?.wasRead(resource);
    return response;
  });
  app.put('/v3/orgs/:org/customers/contacts/:id', async (request) => {
    const organisation = find(part(request, 'org'));
    const resource = contactOf(organisation, part(request, 'id'));
    const before = resource.attributes;
    resource.attributes = checkUpdate(await bodyOf(request), resource);
    audit.note(organisation, resource, before, resource.attributes);
    const now = new Date().toISOString();
    resource.meta = { ...resource.meta, updated_at: now, modified_at: now };
    return answer({ data: resource, jsonapi: { version: '1.0', meta: {} } });
  });

  app.post('/v3/orgs/:org/customers/interactions', async (request) => {
    const organisation = find(part(request, 'org'));
    const data = addInteraction(organisation, await bodyOf(request), uuid(newInteraction, ++made));
    return answer({ data, jsonapi: { version: '1.0' } }, 201);
  });
  app.put('/v3/orgs/:org/customers/interactions/:id', async (request) => {
    const found = oneOf(find(part(request, 'org')).interactions(), part(request, 'id'));
    return answer({ data: changeInteraction(found, await bodyOf(request)), jsonapi: { version: '1.0' } });
  });
  app.post('/v3/orgs/:org/customers/accounts/:id/relationships/contacts', async (request) => {
    const organisation = find(part(request, 'org'));
    const account = oneOf(organisation.accounts.all(), part(request, 'id'));
    linkContacts(organisation, account, await bodyOf(request));
    return new Response(null, { status: 204 });
  });
  app.get('/v3/audit-events', (request) => {
    if (!history) throw problem(403, 'Forbidden', 'The account may not read audit events');
    const query = queryOf(request);
    return answer(
      listDocument(listOf(audit.of(query('filter[resource.id]'))), query, auditOptions, pageLimit),
    );
  });

  for (const kind of ['accounts', 'interactions'] as const) {
    const listFor = (organisation: Organisation) =>
      kind === 'accounts' ? organisation.accounts : listOf(organisation.interactions());
    app.get(`/v3/orgs/:org/customers/${kind}`, (request) => {
      const organisation = find(part(request, 'org'));
      return answer(
        listDocument(listFor(organisation), queryOf(request), otherOptions, pageLimit, organisation),
      );
    });
    app.get(`/v3/orgs/:org/customers/${kind}/:id`, (request) => {
      const organisation = find(part(request, 'org'));
      const found = oneOf(listFor(organisation).all(), part(request, 'id'));
      return answer(singleDocument(found, queryOf(request), otherOptions.include, organisation));
    });
  }

  app.all('*', () => {
    throw problem(404, 'Not found', 'There is no such resource');
  });

  return { token, fetch: (request) => app.fetch(request) };
}

async function bodyOf(request: IRequest): Promise<unknown> {
  if (request.headers.get('content-type') !== mediaType)
    throw problem(415, 'Unsupported media type', `The body must be ${mediaType}`);
  return request.json().catch(() => undefined);
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

function answer(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': mediaType } });
}
