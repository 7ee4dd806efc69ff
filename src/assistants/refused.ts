/**
 * The reasons why a tool does not do what it is asked. They are results for a language model, in English like
 * `modelDescription`, and say what the model or the person can do. They hold no text of a contact or a server.
 */
import { ApiError } from '../api/http/errors';
import { isAbortError } from '../base/abort';
import { ruleIds } from '../changes/checks/finding';
import { type ToolId, toolIds } from '../manifest';
import { maxChanges } from './inputs';

/** Ends a call with this text as its result. Never reaches VS Code, which would log the input with it. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

export const switchedOff = () =>
  new Refused(
    'Not done: the setting ctrlHub.assistants is "off", so assistants may not read contacts. Only the person can change it, in the settings of VS Code. Do not try again before they say so.',
  );

export const onlyReads = () =>
  new Refused(
    'Not done: the setting ctrlHub.assistants is "read", so assistants may not propose changes. Only the person can change it to "propose", in the settings of VS Code.',
  );

export const noSession = () =>
  new Refused(
    'Not done: nobody is signed in to Ctrl Hub in this window, or the session has ended. No tool can sign in. Ask the person to sign in with the command "Ctrl Hub: Sign In", and try again then.',
  );

export const sessionChanged = () =>
  new Refused(
    'Not done: the person signed out, switched the account, or changed the settings meanwhile. Try again if they want it.',
  );

export const notAllowed = (allowed: readonly string[]) =>
  new Refused(
    `Not done: assistants may not read this organisation. ${allowedText(allowed)} Only the person can add others, in the setting ctrlHub.assistantOrganisations.`,
  );

export const whichOrganisation = (allowed: readonly string[]) =>
  new Refused(`Not done: "organisation" is missing. ${allowedText(allowed)}`);

const allowedText = (allowed: readonly string[]) =>
  allowed.length === 0
    ? 'The setting ctrlHub.assistantOrganisations names none.'
    : `Allowed are the IDs ${JSON.stringify(allowed.slice(0, 50).map((id) => id.slice(0, 200)))}.`;

export const noOrganisation = () =>
  new Refused(
    'Not done: the account that is signed in has no such organisation. The person can check the account and the setting ctrlHub.assistantOrganisations.',
  );

export const noContact = () =>
  new Refused(
    'Not done: this organisation has no contact with this ID, or the account has no access to it. Find the ID with ctrlHub_findContacts.',
  );

export const listStopped = () =>
  new Refused('Not done: the person stopped the reading of the list of contacts. Ask before you try again.');

const expected: Readonly<Record<ToolId, string>> = {
  [toolIds.findContacts]:
    '{"query": a text of 1 to 200 characters, "organisation"?: an ID, "fields"?: some of ["name","email","telephone"], "offset"?: a number from 0}',
  [toolIds.getContact]:
    '{"organisation": an ID, "id": the ID of a contact, "fields"?: some of ["name","first_name","last_name","email","telephone","salutation","association"]}',
  [toolIds.checkContacts]: `{"organisation": an ID, "kind"?: one of ${JSON.stringify(ruleIds)}, "offset"?: a number from 0}`,
  [toolIds.proposeChanges]: `{"organisation": an ID, "changes": 1 to ${maxChanges} of {"id": the ID of a contact, "field": one of ["first_name","last_name","email","telephone"], "value": a text}}`,
};

export const wrongInput = (tool: ToolId) =>
  new Refused(`Not done: the input does not fit. Expected is ${expected[tool]}. Correct it and try again.`);

export const tooManyProposals = (max: number) =>
  new Refused(
    `Not done: proposals for ${max} contacts already wait for the person. They have to apply or discard some first.`,
  );

/** Describes an error without its own text, which can come from a server. */
export function textOfError(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (isAbortError(error)) return 'Cancelled: nothing was read or staged for you.';
  if (!(error instanceof ApiError))
    return 'Not done: something went wrong. The person finds it in the log of Ctrl Hub. Do not try the same again.';
  return `Not done: ${reasonText(error)}`;
}

function reasonText({ reason, retryAfter }: ApiError): string {
  switch (reason) {
    case 'unauthorised':
      return 'the session has ended. No tool can sign in: ask the person to sign in with the command "Ctrl Hub: Sign In".';
    case 'forbidden':
      return 'the account of the person is not allowed to read this. Do not try again.';
    case 'notFound':
      return 'this does not exist in Ctrl Hub, or the account has no access to it.';
    case 'rateLimited':
      return `Ctrl Hub is busy. Wait ${Math.ceil(retryAfter ?? 30)} seconds before you try again.`;
    case 'unreachable':
    case 'timedOut':
    case 'server':
      return 'Ctrl Hub could not be reached, or did not answer. Try again later, once.';
    default:
      return `Ctrl Hub did not answer as expected (${reason}). The person finds more in the log of Ctrl Hub.`;
  }
}
