import type { DomainEvent } from '../core/domain-event.ts';
import type { UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { TokenPurpose } from './one-time-token.value.ts';

/**
 * Somebody asked for a mail to an address. It is told whether anybody has the address or
 * not, so that asking is the same work; null where nobody has it. The address is not told.
 */
export type MailRequested = DomainEvent<
  `identity.${TokenPurpose}_requested`,
  { readonly userId: string | null }
>;

/** A request belongs to no account: it is told as a thing of its own. */
export function mailRequested(request: {
  readonly id: string;
  readonly purpose: TokenPurpose;
  readonly userId: UserId | null;
  readonly at: Instant;
}): MailRequested {
  return {
    type: `identity.${request.purpose}_requested`,
    schemaVersion: 1,
    aggregateId: request.id,
    aggregateVersion: 1,
    occurredAt: request.at,
    payload: { userId: request.userId },
  };
}
