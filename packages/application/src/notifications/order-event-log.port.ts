import { isUuid } from '@kastoma/domain/core';

import type { PublicEvent } from './webhook-message.ts';

/** A place in the order in which events were committed; no event comes in before one that was read. */
export type LogPosition = {
  /** Of the transaction, in decimal text. */
  readonly transaction: string;
  readonly eventId: string;
};

export type LoggedEvent = { readonly position: LogPosition; readonly event: PublicEvent };

/** What programs outside are told, as one log that is only added to. */
export interface OrderEventLog {
  /** Behind everything that was committed up to now. */
  now(): Promise<LogPosition>;
  /** Of the last event, or null where there is none. */
  last(): Promise<LogPosition | null>;
  /** The earliest first, at most so many. */
  after(position: LogPosition, limit: number): Promise<readonly LoggedEvent[]>;
}

/** Larger is no transaction of any database. */
const LARGEST_TRANSACTION = 2n ** 63n - 1n;
const POSITION = /^(0|[1-9]\d{0,18})-(.{36})$/;

export function writePosition({ transaction, eventId }: LogPosition): string {
  return `${transaction}-${eventId}`;
}

/** Null where the text is no position. */
export function readPosition(text: string): LogPosition | null {
  const [, transaction = '', eventId = ''] = POSITION.exec(text) ?? [];
  const isPosition = isUuid(eventId) && BigInt(transaction) <= LARGEST_TRANSACTION;
  return isPosition ? { transaction, eventId: eventId.toLowerCase() } : null;
}

/** Below zero where the first comes before the second. */
export function comparePositions(a: LogPosition, b: LogPosition): number {
  const [one, other] = [BigInt(a.transaction), BigInt(b.transaction)];
  if (one !== other) return one < other ? -1 : 1;
  if (a.eventId === b.eventId) return 0;
  return a.eventId < b.eventId ? -1 : 1;
}
