import type { Instant } from '@kastoma/domain/core';
import type { Return, ReturnLine, ReturnStatusName } from '@kastoma/domain/ordering';

/** A return as it is shown. */
export type ReturnView = {
  readonly id: string;
  readonly orderId: string;
  readonly status: ReturnStatusName;
  readonly lines: readonly ReturnLine[];
  readonly reason: string;
  readonly refundId: string | null;
  readonly exchangeOrderId: string | null;
  readonly requestedAt: Instant;
  /** When it came, or was cancelled; null before that. */
  readonly endedAt: Instant | null;
  readonly version: number;
};

export function viewReturn({ state, version }: Return): ReturnView {
  const { status, ...shown } = state;
  const endedAt = status.name === 'requested' ? null : status.at;
  return { ...shown, status: status.name, endedAt, version };
}
