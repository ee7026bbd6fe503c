import type { Actor } from '@kastoma/domain/core';

import type { AuditDetail, AuditSubject } from '../audit-entry.ts';

/** What an event leaves in the audit trail. */
export type AuditRule<Event> = {
  readonly audits: (actor: Actor) => boolean;
  readonly subjectOf: (event: Event) => AuditSubject | null;
  readonly detailOf: (event: Event) => AuditDetail;
  /** Whether a guest has just proved to be the subject. */
  readonly provesSubject?: true;
};

type SubjectType = AuditSubject['type'];
type Told = { readonly aggregateId: string };
type ToldOfUser = { readonly payload: { readonly userId: string | null } };
type Detail<Event> = (event: Event) => AuditDetail;

/** An event as far as a rule looks into it. */
export type Telling<Payload> = Told & { readonly payload: Payload };

const nothing = () => ({});
const always = () => true;

/** A change of an aggregate, whoever made it. */
export function change<Event extends Told>(
  type: SubjectType,
  detailOf: Detail<Event> = nothing,
): AuditRule<Event> {
  return { audits: always, subjectOf: ({ aggregateId: id }) => ({ type, id }), detailOf };
}

/** What customers do for themselves every day, and what is of interest when others do it for them. */
export function changeByStaff<Event extends Told>(
  type: SubjectType,
  detailOf: Detail<Event> = nothing,
): AuditRule<Event> {
  return { ...change(type, detailOf), audits: worksForTheShop };
}

/** What is told under another id than the account's. */
export function ofUser<Event extends ToldOfUser>(
  detailOf: Detail<Event> = nothing,
): AuditRule<Event> {
  const subjectOf = ({ payload: { userId: id } }: Event) =>
    id === null ? null : ({ type: 'user', id } as const);
  return { audits: always, subjectOf, detailOf };
}

function worksForTheShop(actor: Actor): boolean {
  return actor.kind === 'user' ? actor.role !== 'customer' : actor.kind === 'service';
}
