/** Runs one call of a tool, and logs it in one line without values. */
import { isAbortError } from '../base/abort';
import { type ToolId, toolIds } from '../manifest';
import { assertOn, type ToolHost } from './access';
import type { Answer } from './answer';
import { checkContacts } from './checkContacts';
import { findContacts } from './findContacts';
import { getContact } from './getContact';
import { parseCheck, parseFind, parseGet, parsePropose } from './inputs';
import { proposeChanges } from './proposeChanges';
import { Refused, wrongInput } from './refused';

/** The most IDs in a line of the log. */
const maxIds = 10;

/** @throws Refused, ApiError, and the `AbortError` of `signal` */
export async function callTool(
  host: ToolHost,
  tool: ToolId,
  input: unknown,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    signal.throwIfAborted();
    assertOn(host.settings, tool);
    const answer = await answerOf(host, tool, input, signal);
    // The model hears of drafts that were staged, even after a cancellation.
    if (tool !== toolIds.proposeChanges) signal.throwIfAborted();
    const ids = answer.contacts.slice(0, maxIds).map(({ id }) => id);
    const more = answer.contacts.length > maxIds ? ', …' : '';
    host.log.info(`${tool} · ${answer.note} · ${answer.organisationId} · ${ids.join(', ')}${more}`);
    return answer;
  } catch (error) {
    const why = error instanceof Refused ? 'refused' : isAbortError(error) ? 'cancelled' : 'failed';
    host.log.info(`${tool} · ${why}`);
    throw error;
  }
}

function answerOf(host: ToolHost, tool: ToolId, input: unknown, signal: AbortSignal): Promise<Answer> {
  const fitted = <T>(parsed: T | undefined): T => {
    if (parsed === undefined) throw wrongInput(tool);
    return parsed;
  };
  switch (tool) {
    case toolIds.findContacts:
      return findContacts(host, fitted(parseFind(input)), signal);
    case toolIds.getContact:
      return getContact(host, fitted(parseGet(input)), signal);
    case toolIds.checkContacts:
      return checkContacts(host, fitted(parseCheck(input)), signal);
    case toolIds.proposeChanges:
      return proposeChanges(host, fitted(parsePropose(input)), signal);
  }
}
