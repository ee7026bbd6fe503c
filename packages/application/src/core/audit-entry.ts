import type { Instant } from '@kastoma/domain/core';

export const AUDIT_SUBJECTS = [
  'api_key',
  'category',
  'coupon',
  'import',
  'location',
  'order',
  'payment',
  'product',
  'promotion',
  'return',
  'review',
  'user',
  'variant',
  'webhook_endpoint',
] as const;

/** To whom or what something was done. */
export type AuditSubject = {
  readonly type: (typeof AUDIT_SUBJECTS)[number];
  readonly id: string;
};

/** What an auditor needs besides, in a few words: never a secret, a name, an address, or what somebody typed. */
export type AuditDetail = Readonly<
  Record<string, string | number | boolean | null | readonly string[]>
>;

/** Who did what to whom, and when. Written once, never changed. */
export type AuditEntry = {
  readonly id: string;
  readonly occurredAt: Instant;
  /** As events record it: `user:<id>`, `service:<id>`, `guest`, `system`. */
  readonly actor: string;
  /** The type of the event that it was derived from. */
  readonly action: string;
  /** Null where there is none: somebody tried to sign in under an address that nobody has. */
  readonly subject: AuditSubject | null;
  /** The name of the request in logs, events and answers. */
  readonly correlationId: string;
  readonly detail: AuditDetail;
};
