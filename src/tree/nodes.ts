/** The nodes of the tree as plain data. The texts of a row come from the stores when it is drawn. */
import type { ContactRef } from '../api/contacts';
import type { ApiError } from '../api/http/errors';
import type { Group } from './groups';

export interface OrganisationNode {
  readonly kind: 'organisation';
  readonly id: string;
  readonly organisationId: string;
  /** True if the account has one organisation only, which is then expanded. */
  readonly only: boolean;
}

export interface ContactNode {
  readonly kind: 'contact';
  readonly id: string;
  readonly ref: ContactRef;
}

/** A part of a list that is too long to show at once. */
export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  readonly organisationId: string;
  readonly initial: string | undefined;
  readonly from: number;
  readonly to: number;
}

export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  readonly organisationId: string;
}

export interface EmptyNode {
  readonly kind: 'empty';
  readonly id: string;
  readonly organisationId: string;
}

/** A failure to load the organisations, or the contacts of one organisation. */
export interface FailureNode {
  readonly kind: 'failure';
  readonly id: string;
  readonly organisationId: string | undefined;
  readonly error: ApiError;
}

/** The number of rows that are no organisations, or no contacts, and are left out. */
export interface UnreadableNode {
  readonly kind: 'unreadable';
  readonly id: string;
  readonly organisationId: string | undefined;
  readonly count: number;
}

/** The session has ended while loaded rows are shown. */
export interface ExpiredNode {
  readonly kind: 'expired';
  readonly id: string;
}

export type ContactsNode =
  | OrganisationNode
  | GroupNode
  | ContactNode
  | MoreNode
  | EmptyNode
  | FailureNode
  | UnreadableNode
  | ExpiredNode;

const nodeId = (...parts: string[]) => JSON.stringify(parts);

export const organisationNode = (organisationId: string, only: boolean): OrganisationNode => ({
  kind: 'organisation',
  id: nodeId('organisation', organisationId),
  organisationId,
  only,
});

export const contactNode = (ref: ContactRef): ContactNode => ({
  kind: 'contact',
  id: contactNodeId(ref),
  ref,
});

export const contactNodeId = (ref: ContactRef) => nodeId('contact', ref.organisationId, ref.contactId);

export const organisationNodeId = (organisationId: string) => nodeId('organisation', organisationId);

export const groupNode = (organisationId: string, { key, initial, from, to }: Group): GroupNode => ({
  kind: 'group',
  id: nodeId('group', organisationId, key),
  organisationId,
  initial,
  from,
  to,
});

export const moreNode = (organisationId: string): MoreNode => ({
  kind: 'more',
  id: nodeId('more', organisationId),
  organisationId,
});

export const emptyNode = (organisationId: string): EmptyNode => ({
  kind: 'empty',
  id: nodeId('empty', organisationId),
  organisationId,
});

export const failureNode = (organisationId: string | undefined, error: ApiError): FailureNode => ({
  kind: 'failure',
  id: nodeId('failure', organisationId ?? ''),
  organisationId,
  error,
});

export const unreadableNode = (organisationId: string | undefined, count: number): UnreadableNode => ({
  kind: 'unreadable',
  id: nodeId('unreadable', organisationId ?? ''),
  organisationId,
  count,
});

export const expiredNode: ExpiredNode = { kind: 'expired', id: nodeId('expired') };
