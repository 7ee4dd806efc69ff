/** Decides if a call may read: the settings, the session and the organisation. It asks for nothing but names. */
import * as vscode from 'vscode';
import { unlessAborted } from '../base/abort';
import type { Logger } from '../base/log';
import type { Finding } from '../changes/checks/finding';
import { readWhole } from '../commands/common/readWhole';
import type { AccountStores, CurrentAccount } from '../contacts/accountStores';
import type { Drafts } from '../contacts/drafts/drafts';
import { type ToolId, toolIds } from '../manifest';
import type { SessionStore } from '../session/sessionStore';
import {
  listStopped,
  noOrganisation,
  noSession,
  notAllowed,
  onlyReads,
  sessionChanged,
  switchedOff,
  whichOrganisation,
} from './refused';

export type Mode = 'off' | 'read' | 'propose';

export interface Settings {
  mode(): Mode;
  organisations(): readonly string[];
}

export interface ToolHost {
  readonly session: Pick<SessionStore, 'current'>;
  readonly data: Pick<CurrentAccount, 'current'>;
  readonly drafts: Pick<Drafts, 'contacts'>;
  readonly settings: Settings;
  readonly log: Logger;
  /** Checks a list that was read. @returns the number of contacts */
  check(
    data: AccountStores,
    organisationId: string,
    signal: AbortSignal,
    found: (finding: Finding) => void,
  ): Promise<number>;
  /** Shows the drafts to the user. */
  review(): void;
}

export interface Access {
  readonly data: AccountStores;
  readonly organisationId: string;
  /** The name of the organisation; server text. */
  readonly organisation: string;
}

/** Returns the reason why the setting forbids a tool. */
export function forbiddenBy(mode: Mode, tool: ToolId): 'off' | 'onlyReads' | undefined {
  if (mode === 'off') return 'off';
  return tool === toolIds.proposeChanges && mode !== 'propose' ? 'onlyReads' : undefined;
}

/** Returns the organisation of a call: the one that it names, or else the only one. Undefined if it is not allowed. */
export function organisationOf(allowed: readonly string[], asked: string | undefined): string | undefined {
  const id = asked ?? (allowed.length === 1 ? allowed[0] : undefined);
  return id !== undefined && allowed.includes(id) ? id : undefined;
}

/** @throws Refused if the settings forbid the tool */
export function assertOn({ mode }: Settings, tool: ToolId): void {
  const reason = forbiddenBy(mode(), tool);
  if (reason !== undefined) throw reason === 'off' ? switchedOff() : onlyReads();
}

/** @throws Refused if the user does not allow assistants to read the organisation */
function organisationFor(settings: Settings, asked: string | undefined): string {
  const allowed = settings.organisations();
  const id = organisationOf(allowed, asked);
  if (id !== undefined) return id;
  throw asked === undefined && allowed.length > 1 ? whichOrganisation(allowed) : notAllowed(allowed);
}

/** @throws Refused, ApiError, and the `AbortError` of `signal` */
export async function accessTo(
  { session, data, settings }: ToolHost,
  asked: string | undefined,
  signal: AbortSignal,
): Promise<Access> {
  const organisationId = organisationFor(settings, asked);
  const { current } = data;
  if (session.current.kind !== 'signedIn' || current === undefined) throw noSession();
  const { load } = await unlessAborted(signal, current.organisations.ensure());
  const found = current.organisations.find(organisationId);
  if (found === undefined) throw load.kind === 'failed' ? load.error : noOrganisation();
  return { data: current, organisationId, organisation: found.name };
}

/** Reads all of the list. @throws Refused, ApiError, and the `AbortError` of `signal` */
export async function readList({ data, organisationId }: Access, signal: AbortSignal): Promise<void> {
  try {
    await readWhole(data, [organisationId], signal, () => undefined);
  } catch (error) {
    // The user stopped the reading in the view.
    throw error instanceof vscode.CancellationError ? listStopped() : error;
  }
}

/**
 * Before anything leaves or is staged: the user may have signed out or switched assistants off since the call began.
 * @throws Refused
 */
export function assertStill({ data, settings }: ToolHost, tool: ToolId, access: Access): void {
  assertOn(settings, tool);
  const isAllowed = settings.organisations().includes(access.organisationId);
  if (data.current !== access.data || !isAllowed) throw sessionChanged();
}
