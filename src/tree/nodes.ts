/** The rows of the view as plain data. What a row says is read from the stores when it is drawn. */
import type { ContactRef } from '../api/contacts';
import type { ApiError } from '../api/http/errors';
import type { Group } from './groups';

export interface OrganisationNode {
  readonly kind: 'organisation';
  readonly id: string;
  readonly organisationId: string;
  /** The only one: expanded at once. */
  readonly only: boolean;
}

export interface ContactNode {
  readonly kind: 'contact';
  readonly id: string;
  readonly ref: ContactRef;
}

/** A part of a list that is too long to be shown in one. */
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

/** Something could not be read: the organisations, or the contacts of one. */
export interface FailureNode {
  readonly kind: 'failure';
  readonly id: string;
  readonly organisationId: string | undefined;
  readonly error: ApiError;
}

/** Rows of the list are no organisations, or no contacts: they are left out. */
export interface UnreadableNode {
  readonly kind: 'unreadable';
  readonly id: string;
  readonly organisationId: string | undefined;
  readonly count: number;
}

/** The session has ended, and rows that were loaded are still there. */
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
