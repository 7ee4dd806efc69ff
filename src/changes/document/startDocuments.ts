/** Registers all editor features for texts of contacts. */
import * as vscode from 'vscode';
import type { ContactRef } from '../../api/contacts';
import { once } from '../../base/concurrency';
import { followCurrent } from '../../base/event';
import { logUnexpected } from '../../base/log';
import type { CurrentAccount } from '../../contacts/accountStores';
import { keyAt } from '../../protocol/contactKey';
import type { FieldName } from '../../protocol/fields';
import { rulesAgainst } from '../checks/check';
import type { RuleId } from '../checks/finding';
import { AcceptedValues } from '../problems/acceptedValues';
import { Problems, rulesOff } from '../problems/problems';
import { acceptCommand, QuickFixes } from '../problems/quickFixes';
import { ContactDocuments, textSelector } from './contactDocuments';
import type { ContactText } from './contactText';
import { isShown, urisOf } from './documentTabs';
import { languageFeatures } from './languageFeatures';
import { OtherContacts } from './otherContacts';
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
  /** Returns the check of single values by the rules that are on. A value that the user accepted passes. */
  mayBeWrong(origin: string): Promise<(ref: ContactRef, field: FieldName, value: string) => boolean>;
}

export function startDocuments(host: StartHost): TextServices {
  const { data, drafts, log } = host;
  const documents = new ContactDocuments(host);
  let acceptedValues: AcceptedValues | undefined;
  const accepted = once(async () => {
    acceptedValues = new AcceptedValues(host.globalState, await host.files.key());
    return acceptedValues;
  });
  const others = new OtherContacts(data, drafts);
  const draftsOf =
    ({ origin }: ContactText) =>
    (ref: ContactRef) =>
      drafts.get(keyAt(origin, ref));
  const problems = new Problems(host, (document) => {
    const text = documents.contactsOf(document);
    const parsed = documents.parse(document);
    if (text === undefined || parsed === undefined) return undefined;
    const { origin } = text;
    const current = data.current?.account.origin === origin ? data.current : undefined;
    return {
      parsed,
      draftOf: draftsOf(text),
      saves: current?.saves,
      isAccepted: (...finding) => acceptedValues?.has(origin, ...finding) ?? false,
      others: current ? others.of(text, parsed) : [],
    };
  });
  const quickFixes = new QuickFixes(problems);
  const check = (document: vscode.TextDocument) => {
    if (documents.contactsOf(document)) problems.schedule(document);
  };
  const accept = async (...given: readonly unknown[]) => {
    const { document, found } = quickFixes.toAccept(given);
    const text = document && documents.contactsOf(document);
    if (document === undefined || text === undefined) return;
    const values = found.map(({ finding, value }) => ({ ...finding, value }));
    await (await accepted()).add(text.origin, values);
    problems.schedule(document, 0);
  };
  // A draft may change without its line: another window's text is kept, or somebody takes a proposal as it is.
  const checkAll = () => vscode.workspace.textDocuments.forEach(check);
  void accepted()
    .then(checkAll)
    .catch((error: unknown) => logUnexpected(log, 'read the accepted values', error));
  host.subscriptions.push(
    others.onDidIndex(checkAll),
    documents.onDidRestore(check),
    drafts.onDidChange(checkAll),
    followCurrent(data, (current, changes) => {
      if (current) changes.add(current.saves.onDidChange(checkAll));
      // The saves of another account are not told any longer.
      checkAll();
    }),
    documents,
    problems,
    others,
    vscode.commands.registerCommand(acceptCommand, accept),
    vscode.languages.registerCodeActionsProvider(textSelector, quickFixes, {
      providedCodeActionKinds: QuickFixes.kinds,
    }),
    ...languageFeatures(textSelector, {
      parse: (document) => documents.parse(document),
      draftOf: (document, ref) => {
        const text = documents.contactsOf(document);
        return text && draftsOf(text)(ref);
      },
    }),
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
  checkAll();
  const mayBeWrong: TextServices['mayBeWrong'] = async (origin) => {
    const off = rulesOff();
    const known = await accepted().catch(() => undefined);
    // A review makes its plan again whenever a contact is excluded.
    const rules = new Map<string, readonly RuleId[]>();
    return (ref, field, value) => {
      const key = `${field}\n${value}`;
      const against = rules.get(key) ?? rulesAgainst(field, value).filter((rule) => !off.has(rule));
      rules.set(key, against);
      return against.some((rule) => !known?.has(origin, rule, ref, field, value));
    };
  };
  return { documents, accepted, mayBeWrong };
}
