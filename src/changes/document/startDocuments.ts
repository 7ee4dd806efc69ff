/** Everything that texts of contacts need in an editor. */
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { once } from '../../base/concurrency';
import { logUnexpected } from '../../base/log';
import { parseWith } from '../../base/parseWith';
import { keyOf, textOf } from '../../contacts/model/contact';
import type { CheckedContact } from '../checks/check';
import { AcceptedValues } from './acceptedValues';
import { ContactDocuments, type DocumentsHost, textSelector } from './contactDocuments';
import { languageFeatures } from './languageFeatures';
import { Problems } from './problems';
import { acceptCommand, QuickFixes } from './quickFixes';

interface StartHost extends DocumentsHost {
  readonly subscriptions: vscode.Disposable[];
  readonly globalState: vscode.Memento;
}

export interface TextServices {
  readonly documents: ContactDocuments;
  /** The values that were accepted as they are. @throws where the disk refuses */
  accepted(): Promise<AcceptedValues>;
}

/** Of longer lists, contacts of the text itself are compared with each other only: it happens while one types. */
const mostCompared = 5_000;
const place = z.lazy(() => z.tuple([z.string(), z.number(), z.string()]));

export function startDocuments(host: StartHost): TextServices {
  const { data, drafts, log } = host;
  const documents = new ContactDocuments(host);
  let acceptedValues: AcceptedValues | undefined;
  const accepted = once(async () => {
    acceptedValues = new AcceptedValues(host.globalState, await host.files.key());
    return acceptedValues;
  });
  const others = otherContacts(host);
  const problems = new Problems(host.clock, (document) => {
    const text = documents.contactsOf(document);
    const parsed = documents.parse(document);
    if (text === undefined || parsed === undefined) return undefined;
    const { origin } = text;
    return {
      parsed,
      isAccepted: (...finding) => acceptedValues?.has(origin, ...finding) ?? false,
      others: data.current?.account.origin === origin ? others.of(text.contacts.map(({ ref }) => ref)) : [],
    };
  });
  const check = (document: vscode.TextDocument) => {
    if (documents.contactsOf(document)) problems.schedule(document);
  };
  const accept = async (...given: readonly unknown[]) => {
    const [address, line, rule] = parseWith(place, given) ?? [];
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === address);
    const text = document && documents.contactsOf(document);
    if (document === undefined || text === undefined) return;
    for (const { finding, range, value } of problems.findings(document))
      if (range.start.line === line && finding.rule === rule)
        await (await accepted()).add(text.origin, finding.rule, finding.ref, finding.field, value);
    problems.schedule(document, 0);
  };
  void accepted()
    .then(() => vscode.workspace.textDocuments.forEach(check))
    .catch((error: unknown) => logUnexpected(log, 'read the accepted values', error));
  host.subscriptions.push(
    documents,
    problems,
    data.onDidChange(() => others.forget()),
    drafts.onDidChange(() => others.forget()),
    vscode.commands.registerCommand(acceptCommand, accept),
    vscode.languages.registerCodeActionsProvider(textSelector, new QuickFixes(problems), {
      providedCodeActionKinds: QuickFixes.kinds,
    }),
    ...languageFeatures(textSelector, (document) => documents.parse(document)),
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) check(document);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => problems.close(document)),
  );
  vscode.workspace.textDocuments.forEach(check);
  return { documents, accepted };
}

/** The contacts beside those of a text, remembered while nothing changes. */
function otherContacts({ data, drafts }: Pick<DocumentsHost, 'data' | 'drafts'>) {
  let known: { readonly counts: string; readonly contacts: readonly CheckedContact[] } | undefined;
  return {
    forget: () => {
      known = undefined;
    },
    of: (refs: readonly CheckedContact['ref'][]): readonly CheckedContact[] => {
      const { current } = data;
      if (current === undefined) return [];
      const { account, contacts } = current;
      const organisationIds = [...new Set(refs.map(({ organisationId }) => organisationId))];
      const lists = organisationIds.map((id) => ({ id, ids: contacts.list(id).ids }));
      if (lists.reduce((sum, { ids }) => sum + ids.length, 0) > mostCompared) return [];
      const counts = JSON.stringify(lists.map(({ id, ids }) => [id, ids.length, contacts.rereads(id)]));
      if (known?.counts === counts) return known.contacts;
      const own = new Set(refs.map(keyOf));
      const found = lists.flatMap(({ id: organisationId, ids }) =>
        ids.flatMap((contactId): CheckedContact[] => {
          const ref = { organisationId, contactId };
          const resource = own.has(keyOf(ref)) ? undefined : contacts.summary(ref);
          if (resource === undefined) return [];
          const values = { email: textOf(resource, 'email'), telephone: textOf(resource, 'telephone') };
          const { edits = {} } = drafts.get({ origin: account.origin, ...ref }) ?? {};
          return [{ ref, values: { ...values, ...edits } }];
        }),
      );
      known = { counts, contacts: found };
      return found;
    },
  };
}
