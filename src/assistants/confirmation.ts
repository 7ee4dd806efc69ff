/**
 * The question that VS Code asks before a tool runs. Outside a chat it is a dialog without Markdown, and in a chat it is
 * Markdown: each sentence reads the same in both. It is made from what is known, without any request.
 */
import * as vscode from 'vscode';
import { toLine } from '../base/text';
import { type ToolId, toolIds } from '../manifest';
import { namesOf } from '../platform/text/labels';
import { formatNumber, plural } from '../platform/text/plural';
import { forbiddenBy, type Mode, organisationOf } from './access';
import { pageSize } from './findContacts';
import { fieldsOf, parseChange, parseCheck, parseFind, parseGet, parsePropose } from './inputs';

const { t } = vscode.l10n;

/** The facts that need no request. */
export interface Known {
  readonly mode: Mode;
  /** The IDs of the organisations that the user allows. */
  readonly allowed: readonly string[];
  /** The name of the environment, if somebody is signed in. */
  readonly environment: string | undefined;
  /** Returns the name of an organisation, if known. */
  organisation(id: string): string | undefined;
  /** Returns the name of a contact, if known. */
  contact(organisationId: string, id: string): string | undefined;
}

export interface Confirmation {
  readonly title: string;
  readonly message: string;
}

/** Makes foreign text one short line that no chat takes for a link, a picture, code or markup. */
const foreign = (text: string) =>
  toLine(text, 80)
    .replace(/[[{<]/g, '(')
    .replace(/[\]}>]/g, ')')
    .replace(/[`*_~#|\\!]/g, '·')
    .replace(/:\/\//g, ': //')
    .replace(/\bwww\./gi, 'www .');

/** Lists the fields that leave, which always include the ID. */
export const fieldList = (fields: readonly string[]) =>
  [t('ID'), ...fields.map((field) => (field === 'name' ? t('Name') : namesOf([field])))].join(', ');

export function confirmationOf(tool: ToolId, input: unknown, known: Known): Confirmation {
  const refuse = (why: string): Confirmation => ({
    title: t('An assistant asks for contacts of Ctrl Hub'),
    message: t('{0} Nothing is read or changed.', why),
  });
  const reason = forbiddenBy(known.mode, tool);
  if (reason === 'off')
    return refuse(t('This will be refused: assistants are switched off in the settings.'));
  if (reason === 'onlyReads')
    return refuse(t('This will be refused: the settings let assistants read, and not propose changes.'));
  const asked = describe(tool, input, known);
  if (asked === undefined) return refuse(t('This will be refused: its input is not valid.'));
  const organisationId = organisationOf(known.allowed, asked.organisationId);
  if (organisationId === undefined)
    return refuse(t('This will be refused: the settings do not let assistants read this organisation.'));
  if (known.environment === undefined)
    return refuse(t('This will be refused: nobody is signed in to Ctrl Hub.'));
  const where = t(
    'Organisation: {0}. Environment: {1}.',
    foreign(known.organisation(organisationId) ?? organisationId),
    foreign(known.environment),
  );
  return { title: asked.title, message: [where, ...asked.sentences].join('\n\n') };
}

interface Asked {
  readonly title: string;
  readonly organisationId?: string | undefined;
  readonly sentences: readonly string[];
}

/** @returns undefined for an input that the tool refuses */
function describe(tool: ToolId, input: unknown, known: Known): Asked | undefined {
  switch (tool) {
    case toolIds.findContacts:
      return describeFind(input);
    case toolIds.getContact:
      return describeGet(input, known);
    case toolIds.checkContacts:
      return describeCheck(input);
    case toolIds.proposeChanges:
      return describePropose(input);
  }
}

const toWhom = () =>
  t('The assistant and the provider of its language model receive them, and other extensions may.');

function describeFind(input: unknown): Asked | undefined {
  const find = parseFind(input);
  return (
    find && {
      title: t('Let an assistant search contacts?'),
      organisationId: find.organisation,
      sentences: [
        t('Search: “{0}”.', foreign(find.query)),
        t(
          'Leaves this computer, of up to {0} contacts: {1}.',
          formatNumber(pageSize),
          fieldList(fieldsOf(find.fields)),
        ),
        toWhom(),
      ],
    }
  );
}

function describeGet(input: unknown, known: Known): Asked | undefined {
  const get = parseGet(input);
  return (
    get && {
      title: t('Let an assistant read a contact?'),
      organisationId: get.organisation,
      sentences: [
        t('Contact: {0}.', foreign(known.contact(get.organisation, get.id) || get.id)),
        t('Leaves this computer, of 1 contact: {0}.', fieldList(fieldsOf(get.fields))),
        toWhom(),
      ],
    }
  );
}

function describeCheck(input: unknown): Asked | undefined {
  const check = parseCheck(input);
  return (
    check && {
      title: t('Let an assistant check contacts?'),
      organisationId: check.organisation,
      sentences: [
        t('All contacts of the organisation are read and checked on this computer.'),
        t(
          'Leaves this computer, of the contacts with likely errors: ID, the kind of error, and their number. No values.',
        ),
        toWhom(),
      ],
    }
  );
}

function describePropose(input: unknown): Asked | undefined {
  const propose = parsePropose(input);
  if (propose === undefined) return undefined;
  const changes = propose.changes.flatMap((one) => parseChange(one) ?? []);
  const fields = [...new Set(changes.map(({ field }) => field))];
  const contacts = new Set(changes.map(({ id }) => id)).size;
  return {
    title: t('Let an assistant propose changes?'),
    organisationId: propose.organisation,
    sentences: [
      plural(
        t(
          'one: Becomes a draft, of 1 contact: {1}. | other: Become drafts, of {0} contacts: {1}.',
          formatNumber(contacts),
          namesOf(fields) || '–',
        ),
        contacts,
      ),
      t('Nothing is sent to Ctrl Hub: you review the drafts, and apply or discard them.'),
      t('Leaves this computer: which of these changes became drafts, and why others did not. No values.'),
    ],
  };
}
