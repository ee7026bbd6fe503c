import type { Instant } from './instant.value.ts';

/** What every event of every context says; each context narrows `type` and `payload`. */
export type DomainEvent<Type extends string = string, Payload extends object = object> = {
  readonly type: Type;
  /** Raised when the payload changes in a way that old readers would misread. */
  readonly schemaVersion: number;
  readonly aggregateId: string;
  /** The aggregate's version after the change; the only order that anybody may rely on. */
  readonly aggregateVersion: number;
  readonly occurredAt: Instant;
  /** Plain JSON: no class, no bigint. */
  readonly payload: Payload;
};
