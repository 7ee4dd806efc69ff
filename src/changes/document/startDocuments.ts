/** Registers all editor features for texts of contacts. */
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { once } from '../../base/concurrency';
import { logUnexpected } from '../../base/log';
import { parseWith } from '../../base/parseWith';
import type { CurrentAccount } from '../../contacts/accountStores';
import { AcceptedValues } from './acceptedValues';
import { ContactDocuments, isShown, textSelector, urisOf } from './contactDocuments';
import { languageFeatures } from './languageFeatures';
import { OtherContacts } from './otherContacts';
import { Problems } from './problems';
import { acceptCommand, QuickFixes } from './quickFixes';
import type { TextsHost } from './textStore';

interface StartHost extends TextsHost {
  readonly data: CurrentAccount;
  readonly subscriptions: vscode.Disposable[];
  readonly globalState: vscode.Memento;
}

export interface TextServices {
  readonly documents: ContactDocuments;
  /** The store of accepted values. @throws if the disk refuses */
  accepted(): Promise<AcceptedValues>;
}

const place = z.lazy(() => z.tuple([z.string(), z.number(), z.string()]));

export function startDocuments(host: StartHost): TextServices {
  const { data, drafts, log } = host;
  const documents = new ContactDocuments(host);
  let acceptedValues: AcceptedValues | undefined;
  const accepted = once(async () => {
    acceptedValues = new AcceptedValues(host.globalState, await host.files.key());
    return acceptedValues;
  });
  const others = new OtherContacts(data, drafts);
  const problems = new Problems(host, (document) => {
    const text = documents.contactsOf(document);
    const parsed = documents.parse(document);
    if (text === undefined || parsed === undefined) return undefined;
    const { origin } = text;
    return {
      parsed,
      isAccepted: (...finding) => acceptedValues?.has(origin, ...finding) ?? false,
      others: data.current?.account.origin === origin ? others.of(text, parsed) : [],
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
    others.onDidIndex(() => vscode.workspace.textDocuments.forEach(check)),
    documents,
    problems,
    others,
    vscode.commands.registerCommand(acceptCommand, accept),
    vscode.languages.registerCodeActionsProvider(textSelector, new QuickFixes(problems), {
      providedCodeActionKinds: QuickFixes.kinds,
    }),
    ...languageFeatures(textSelector, (document) => documents.parse(document)),
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) check(document);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (!isShown(uri)) problems.close(uri);
    }),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const uri of closed.flatMap(urisOf)) if (!isShown(uri)) problems.close(uri);
    }),
  );
  vscode.workspace.textDocuments.forEach(check);
  return { documents, accepted };
}
